import { CtsError, ERROR_TRAITS, type ErrorCode, type ErrorDetails } from '#protocol';

/** Reads a failure as services tell it over JSON-RPC. */
export function readToldFailure(error: unknown): CtsError {
  const { message, data } = readMembers(error);
  const { code, details, actions } = readMembers(data);
  return new CtsError(
    isErrorCode(code) ? code : 'INTERNAL_ERROR',
    typeof message === 'string' ? message : 'The service failed and does not say why',
    {
      ...(isObject(details) && { details: details as ErrorDetails }),
      ...(Array.isArray(actions) && { actions: actions.filter((text) => typeof text === 'string') }),
    },
  );
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_TRAITS, code);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMembers(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
