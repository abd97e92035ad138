import { expect, it } from 'vitest';
import { CTS_VERSION } from '#protocol';
import { describeApi } from '../../server/transports/http/api-description.ts';
import { writeApiReference } from '../../server/transports/openapi/api-reference.ts';
import { buildOpenApi } from '../../server/transports/openapi/openapi-document.ts';
import { readRepositoryFile } from '../support/repository.ts';

it('docs/API_REFERENCE.md tells what the code does: "npm run generate" rewrites it', () => {
  const reference = writeApiReference(buildOpenApi(describeApi(), CTS_VERSION));
  expect(readRepositoryFile('docs/API_REFERENCE.md')).toBe(reference);
});
