import { writeSync } from 'node:fs';

/** Tells what has been promised; it has been told even when the process is killed in the next moment. */
export function acknowledge(text: string | number): void {
  writeSync(1, `${text}\n`);
}

/** The n-th argument of the program. */
export function readArgument(index: number): string {
  const argument = process.argv[2 + index];
  if (argument === undefined) throw new Error(`Argument ${index} is missing`);
  return argument;
}
