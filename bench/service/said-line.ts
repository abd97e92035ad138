/** A line that tells when it was said, on the clock that all processes of a machine share. */
export interface SaidLine {
  /** Counted from 0. */
  readonly number: number;
  readonly saidMs: number;
}

/** Now, on a clock that all processes of this machine share and nobody sets. */
export function readSharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function writeSaidLine({ number, saidMs }: SaidLine): string {
  return `line ${number} said at ${saidMs.toFixed(3)} ms, and so on, as long as lines of tools usually are`;
}

/** Undefined for other lines; the text may be anything around it. */
export function readSaidLine(text: string): SaidLine | undefined {
  const found = /line (\d+) said at ([\d.]+) ms/.exec(text);
  return found === null ? undefined : { number: Number(found[1]), saidMs: Number(found[2]) };
}
