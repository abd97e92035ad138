/** One family of metrics as a scraper sees it. */
export interface MetricFamily {
  readonly help: string;
  readonly type: string;
  /** By `name{label="value",…}` as it is written. */
  readonly samples: ReadonlyMap<string, number>;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (\S+)$/;

interface GrowingFamily {
  help?: string;
  type?: string;
  readonly samples: Map<string, number>;
}

/** Parses the text format 0.0.4 strictly: a line that a scraper could stumble over is an error. */
export function parsePrometheusText(text: string): ReadonlyMap<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end');
  const families = new Map<string, GrowingFamily>();
  for (const line of text.split('\n')) readLine(line, families);
  return new Map([...families].map(([name, family]) => [name, finishFamily(name, family)]));
}

function readLine(line: string, families: Map<string, GrowingFamily>): void {
  if (line === '') return;
  const comment = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
  if (comment !== null) readComment(comment, families);
  else if (!line.startsWith('#')) readSample(line, families);
}

function readComment(
  [, kind, name = '', text = '']: RegExpExecArray,
  families: Map<string, GrowingFamily>,
): void {
  const family = families.get(name) ?? { samples: new Map<string, number>() };
  if (family.samples.size > 0) throw new Error(`${name} is described after its samples`);
  if (kind === 'HELP') family.help = text;
  else family.type = text;
  families.set(name, family);
}

function readSample(line: string, families: Map<string, GrowingFamily>): void {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name === '') throw new Error(`No sample: ${line}`);
  const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
  if (family === undefined) throw new Error(`${name} is not described`);
  const key = name + labels;
  if (family.samples.has(key)) throw new Error(`${key} stands there twice`);
  family.samples.set(key, readNumber(value));
}

function readNumber(text: string): number {
  const number = text === '+Inf' ? Infinity : Number(text);
  if (Number.isNaN(number)) throw new Error(`No number: ${text}`);
  return number;
}

function finishFamily(name: string, { help, type, samples }: GrowingFamily): MetricFamily {
  if (help === undefined || type === undefined) throw new Error(`${name} lacks help or type`);
  return { help, type, samples };
}
