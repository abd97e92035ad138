import type { OpenApiOperation } from './openapi-document.ts';

/** Where the example's service listens. */
const BASE = 'http://127.0.0.1:8080';

const FILE_ARGUMENTS: Readonly<Record<string, string>> = {
  'multipart/form-data': '-F file=@rlog.zst',
  'application/octet-stream': '--data-binary @rlog.zst',
  'application/offset+octet-stream': '--data-binary @rlog.zst',
};

/**
 * A command that asks for the operation; names in capitals stand for what the reader puts in.
 *
 * @returns Undefined where curl cannot ask: a WebSocket.
 */
export function writeCurlExample(
  verb: string,
  path: string,
  operation: OpenApiOperation,
): string | undefined {
  if (operation.responses['101'] !== undefined) return undefined;
  const parts = ['curl', ...chooseFlags(verb, operation), ...writeBody(operation), quoteUrl(path, operation)];
  return parts.join(' ');
}

function chooseFlags(verb: string, { responses, requestBody }: OpenApiOperation): readonly string[] {
  const isStream = responses['200']?.content?.['text/event-stream'] !== undefined;
  if (verb === 'get') return isStream ? ['-N'] : [];
  if (verb === 'head') return ['-I'];
  return verb === 'post' && requestBody !== undefined ? [] : ['-X', verb.toUpperCase()];
}

function writeBody({ requestBody }: OpenApiOperation): readonly string[] {
  const [mediaType = '', content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (content === undefined) return [];
  if (mediaType !== 'application/json')
    return [FILE_ARGUMENTS[mediaType] ?? `-H 'Content-Type: ${mediaType}' --data-binary @FILE`];
  return ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(content.example ?? {})}'`];
}

function quoteUrl(path: string, { parameters }: OpenApiOperation): string {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const query = needed.map(({ name }) => `${name}=${name.toUpperCase()}`).join('&');
  const url = `${BASE}${path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => writePlaceholder(name))}`;
  return query === '' ? url : `'${url}?${query}'`;
}

function writePlaceholder(name: string): string {
  return name.replaceAll(/([A-Z])/g, '_$1').toUpperCase();
}
