/** Says that tests are skipped and how to change that; with `CTS_REQUIRE_EDITOR=1` that is a failure. */
export function tellMissingParts(tests: string, missing: string): void {
  const isRequired = process.env['CTS_REQUIRE_EDITOR'] === '1';
  process.stderr.write(`cts: ${tests} ${isRequired ? 'failed' : 'skipped'}: ${missing}\n`);
  if (isRequired) process.exitCode = 1;
}
