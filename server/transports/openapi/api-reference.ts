import { ERROR_TRAITS } from '#protocol';
import { writeCurlExample } from './curl-example.ts';
import type { JsonSchema } from './json-schema.ts';
import type {
  OpenApiContent,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './openapi-document.ts';
import { listOperations, type PlacedOperation } from './placed-operations.ts';
import { listMembers, writeDescription, writeType } from './schema-text.ts';

/** Writes the document as Markdown: docs/API_REFERENCE.md. */
export function writeApiReference(document: OpenApiDocument): string {
  const operations = listOperations(document);
  const groups = document.tags.map(({ name }) => [
    `## ${name}`,
    ...operations.filter(({ operation }) => operation.tags.includes(name)).map(writeOperation),
  ]);
  const sections = [
    INTRODUCTION,
    ...groups.flat(),
    '## Schemas',
    ...Object.entries(document.components.schemas).map(([id, schema]) => writeSchema(id, schema)),
    '## Errors',
    ERRORS_INTRODUCTION,
    writeErrors(),
  ];
  return `${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `# API reference

Written by \`npm run generate\` from the route table, the contract and the error table; do not edit it.

The service listens on \`http://127.0.0.1:8080\` unless it is told otherwise, and describes itself at \`/openapi.json\` and \`/docs\`.
Where it is set up with keys, requests that are not marked as open carry \`Authorization: Bearer <key or token>\` (\`JWT\` is taken
for \`Bearer\`) or \`X-API-Key: <key>\`. Bodies are JSON unless a route says otherwise; lists are bare arrays, with the next page
in \`Link\` and the total in \`X-Total-Count\`. Names in capitals in the examples stand for what you put in. HEAD works wherever GET
gives one answer.`;

const ERRORS_INTRODUCTION = `Every failure is a \`ProblemBody\` of the type \`application/problem+json\`. Switch on its \`code\`, never on its text. Any route can
answer \`INVALID_REQUEST\`, \`HOST_REFUSED\`, \`ORIGIN_REFUSED\`, \`UNAUTHENTICATED\` (unless it is open), \`RATE_LIMITED\`, \`OVERLOADED\`,
\`SHUTTING_DOWN\` and \`INTERNAL_ERROR\`. What each code means: [ERRORS.md](ERRORS.md).`;

function writeOperation({ verb, path, operation }: PlacedOperation): string {
  const { summary, description, parameters, requestBody, security } = operation;
  const curl = writeCurlExample(verb, path, operation);
  return [
    `### ${verb.toUpperCase()} ${path}`,
    `${summary}.${security.length === 0 ? ' Open.' : ''}${description === undefined ? '' : `\n${description}`}`,
    ...(parameters.length === 0 ? [] : [writeParameters(parameters)]),
    ...(requestBody === undefined ? [] : [writeBody(requestBody.content)]),
    writeResponses(operation),
    ...(curl === undefined ? [] : [`\`\`\`sh\n${curl}\n\`\`\``]),
  ].join('\n\n');
}

function writeParameters(parameters: readonly OpenApiParameter[]): string {
  const rows = parameters.map(({ name, in: place, required, description, schema }) => [
    `\`${name}\``,
    required ? `${place}, required` : place,
    linkType(schema),
    writeDescription({ ...schema, ...(description !== undefined && { description }) }),
  ]);
  return writeTable(['parameter', 'in', 'type', 'meaning'], rows);
}

function writeBody(content: OpenApiContent): string {
  const bodies = Object.entries(content).map(([mediaType, { schema = {} }]) => {
    const said = schema.description ?? linkType(schema);
    return `${said} (\`${mediaType}\`)`;
  });
  return `Body: ${bodies.join('; or ')}`;
}

function writeResponses({ responses }: OpenApiOperation): string {
  const rows = Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, response]) => [status, writeResponse(response)]);
  return writeTable(['status', 'answer'], rows);
}

function writeResponse({ description, content = {}, headers = {} }: OpenApiResponse): string {
  if (content['application/problem+json'] !== undefined)
    return description
      .split(', ')
      .map((code) => `\`${code}\``)
      .join(', ');
  const types = Object.entries(content).map(([mediaType, { schema = {} }]) => {
    const type = linkType(schema);
    return type === 'anything' ? `\`${mediaType}\`` : `${type} (\`${mediaType}\`)`;
  });
  const lines = Object.entries(headers).map(([name, header]) => `\`${name}\`: ${header.description}`);
  return [description, ...types, ...lines].join('; ');
}

function writeSchema(id: string, schema: JsonSchema): string {
  const rows = listMembers(schema).map(({ name, isRequired, schema: member, description }) => [
    `\`${name}\``,
    `${linkType(member)}${isRequired ? '' : ', optional'}`,
    description,
  ]);
  const content = rows.length === 0 ? linkType(schema) : writeTable(['member', 'type', 'meaning'], rows);
  return `### ${id}\n\n${content}`;
}

/** A type whose components lead to where they are described. */
function linkType(schema: JsonSchema): string {
  return writeType(schema).replaceAll(/(?<!")\b[A-Z]\w*\b(?!")/g, (id) => `[${id}](#${id.toLowerCase()})`);
}

function writeErrors(): string {
  const rows = Object.entries(ERROR_TRAITS).map(([code, traits]) => [
    `\`${code}\``,
    String(traits.httpStatus),
    traits.category,
  ]);
  return writeTable(['code', 'status', 'category'], rows);
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
