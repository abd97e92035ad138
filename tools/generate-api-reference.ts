/** Writes docs/API_REFERENCE.md from the routes, the contract and the error table. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CTS_VERSION } from '#protocol';
import { describeApi } from '../server/transports/http/api-description.ts';
import { writeApiReference } from '../server/transports/openapi/api-reference.ts';
import { buildOpenApi } from '../server/transports/openapi/openapi-document.ts';

const target = fileURLToPath(new URL('../docs/API_REFERENCE.md', import.meta.url));
writeFileSync(target, writeApiReference(buildOpenApi(describeApi(), CTS_VERSION)));
