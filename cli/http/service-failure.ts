import type { IncomingMessage } from 'node:http';
import { CtsError, ERROR_TRAITS, type ErrorCode, type ErrorDetails, type ProblemBody } from '#protocol';
import { readText } from './http-request.ts';

const MAX_SHOWN_CHARACTERS = 300;

/** Reads why the service refused a request, whatever it is that answered. */
export async function readServiceFailure(
  response: IncomingMessage,
  { asked, signal }: { readonly asked: string; readonly signal: AbortSignal },
): Promise<CtsError> {
  const text = await readText(response, signal);
  const status = response.statusCode ?? 0;
  const problem = parseProblem(text);
  const told = typeof problem.detail === 'string' ? unquote(problem.detail) : describePlainAnswer(text);
  const code = chooseCode(problem, status);
  const message = told === '' ? `${asked} was answered with status ${status}` : told;
  return new CtsError(code, message, {
    details: collectDetails(problem, code),
    actions: (problem.suggested_actions ?? []).map(String),
  });
}

/** CTS-Lite put some of its sentences in quotes. */
function unquote(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}

function parseProblem(text: string): Partial<ProblemBody> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The first line of an answer that is no problem document, as proxies and foreign servers send. */
function describePlainAnswer(text: string): string {
  const isMarkup = text.trimStart().startsWith('<');
  const isJson = /^\s*[[{]/.test(text);
  return isMarkup || isJson ? '' : (text.trim().split('\n')[0] ?? '').slice(0, MAX_SHOWN_CHARACTERS);
}

function isKnownCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_TRAITS, code);
}

const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'UNAUTHENTICATED',
  404: 'ENDPOINT_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
};

const CODE_BY_CATEGORY: Readonly<Record<string, ErrorCode>> = {
  validation_error: 'INVALID_REQUEST',
  tool_error: 'TOOL_FAILED',
  system_error: 'INTERNAL_ERROR',
  tool_not_found: 'TOOL_NOT_FOUND',
};

/** A newer service may know codes that we do not; its category still tells how to end. */
function chooseCode(problem: Partial<ProblemBody>, status: number): ErrorCode {
  const code: unknown = problem.code ?? problem.error_code;
  if (isKnownCode(code)) return code;
  const byCategory = code === undefined ? undefined : CODE_BY_CATEGORY[problem.error_category ?? ''];
  return byCategory ?? CODE_BY_STATUS[status] ?? (status < 500 ? 'INVALID_REQUEST' : 'INTERNAL_ERROR');
}

function collectDetails(problem: Partial<ProblemBody>, code: ErrorCode): ErrorDetails {
  const plain = Object.entries(problem.details ?? {}).flatMap(([name, value]) =>
    isPlain(value) ? [[name, value] as const] : [],
  );
  const foreign = problem.code !== undefined && problem.code !== code ? { code: problem.code } : {};
  const request = typeof problem.request_id === 'string' ? { requestId: problem.request_id } : {};
  return { ...Object.fromEntries(plain), ...foreign, ...request };
}

function isPlain(value: unknown): value is string | number | boolean | readonly string[] {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return ['string', 'number', 'boolean'].includes(typeof value);
}
