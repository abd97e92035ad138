import { CtsError, ERROR_TRAITS, type ErrorCode, type ErrorDetails } from '#protocol';

/** Most characters of a foreign message that are shown. */
const MOST_CHARACTERS = 2000;

/** Reads whatever failed while the backend was asked: its own failures keep their code, all others become internal. */
export function toCtsError(error: unknown): CtsError {
  if (error instanceof CtsError) return error;
  const data = memberOf(error, 'data');
  const code = memberOf(data, 'code');
  const message = messageOf(error);
  if (!isErrorCode(code)) return new CtsError('INTERNAL_ERROR', message, { cause: error });
  return new CtsError(code, message, {
    details: readDetails(memberOf(data, 'details')),
    actions: readTexts(memberOf(data, 'actions')),
    cause: error,
  });
}

/** Names a failure in one line. */
export function messageOf(error: unknown): string {
  const message = memberOf(error, 'message');
  return (typeof message === 'string' && message !== '' ? message : String(error)).slice(0, MOST_CHARACTERS);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_TRAITS, code);
}

function readDetails(details: unknown): ErrorDetails {
  if (typeof details !== 'object' || details === null) return {};
  return Object.fromEntries(Object.entries(details).filter(([, value]) => isDetail(value)));
}

function isDetail(value: unknown): boolean {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isText))
  );
}

function readTexts(texts: unknown): readonly string[] {
  return Array.isArray(texts) ? texts.filter(isText).slice(0, 5) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A member of whatever it is; undefined where it has none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
