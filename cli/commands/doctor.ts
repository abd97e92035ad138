import { CHECKS } from '../checks/all-checks.ts';
import type { CheckResult } from '../checks/check.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE, EXIT_FINDINGS } from '../exit-codes.ts';
import type { Output } from '../terminal.ts';

const COLORS = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** `cts doctor`: looks at everything that CTS needs; each line says what to do where something is wrong. */
export async function examine(
  context: CommandContext,
  { checksums }: { readonly checksums?: boolean },
): Promise<number> {
  const { output } = context;
  const isJson = output.options.json === true;
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    for (const result of await check(context, { withChecksums: checksums === true })) {
      results.push(result);
      if (!isJson) await output.print(formatResult(result, output));
    }
  }
  const isFine = results.every(({ level }) => level !== 'fail');
  if (isJson) await output.printJson({ healthy: isFine, checks: results });
  return isFine ? EXIT_DONE : EXIT_FINDINGS;
}

function formatResult({ level, name, found, advice }: CheckResult, output: Output): string {
  const line = `${output.style(COLORS[level], level.padEnd(4))}  ${name}: ${found}`;
  return advice === undefined ? line : `${line}\n      ${advice}`;
}
