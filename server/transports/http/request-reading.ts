import * as z from 'zod';
import { CtsError } from '#protocol';

const MAX_ISSUES = 20;
const MAX_ISSUE_LENGTH = 200;

/**
 * Reads one part of a request.
 *
 * @param part `path`, `query` or `body`: where it stands in the issues.
 * @throws {CtsError} INVALID_REQUEST with every issue; INVALID_PARAMETER when only a parameter of a tool is wrong.
 */
export function readPart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw describeIssues(result.error.issues, part);
}

function describeIssues(issues: readonly z.core.$ZodIssue[], part: string): CtsError {
  const parameter = findParameter(issues);
  if (parameter !== undefined) return refuseParameter(parameter);
  const lines = issues.slice(0, MAX_ISSUES).map((issue) => describeIssue(issue, part));
  return new CtsError('INVALID_REQUEST', `Cannot read the request: ${lines.slice(0, 3).join('; ')}`, {
    details: { issues: lines },
  });
}

function describeIssue({ path, message }: z.core.$ZodIssue, part: string): string {
  return `${z.core.toDotPath([part, ...path])}: ${message}`.slice(0, MAX_ISSUE_LENGTH);
}

/** Name of the first parameter of a tool that is wrong, when nothing else is. */
function findParameter(issues: readonly z.core.$ZodIssue[]): string | undefined {
  const names = issues.map(({ path: [member, name] }) => (member === 'parameters' ? name : undefined));
  const [first] = names;
  return names.includes(undefined) || first === undefined
    ? undefined
    : String(first).slice(0, MAX_ISSUE_LENGTH);
}

function refuseParameter(name: string): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${name}' must be text, a number, true or false, or a list of these`,
    { details: { parameter: name } },
  );
}
