import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';

const LINES = 13_000;
const NODES = ['GATEWAY', 'ENGINE', 'BRAKES', 'STEERING', 'CAMERA', 'RADAR'] as const;
const UNITS = ['', '', 'km/h', 'deg', 'rpm', 'Nm', 'm/s^2', '%'] as const;
const FACTORS = ['1', '1', '0.1', '0.01', '0.05', '0.393700787', '-1'] as const;
const OFFSETS = ['0', '0', '0', '-40', '-273.15', '0.5'] as const;
const LENGTHS = [1, 1, 1, 2, 2, 4, 8, 8, 12, 16, 16, 32] as const;

/** Writes a database as long as the longest of opendbc, with comments, attributes, value texts and multiplexing. */
export function generateDatabaseText(): string {
  const writer = new DatabaseWriter();
  // Of ten lines, seven are of messages and their signals.
  while (writer.lineCount < LINES) writer.addMessage();
  return writer.toText();
}

class DatabaseWriter {
  readonly #numbers = new SeededRandom(13);
  readonly #messages: string[] = [];
  readonly #comments: string[] = [];
  readonly #attributes: string[] = [];
  readonly #values: string[] = [];
  #count = 0;

  get lineCount(): number {
    const parts = [this.#messages, this.#comments, this.#attributes, this.#values];
    return HEAD.length + DEFINITIONS.length + parts.reduce((sum, { length }) => sum + length, 0);
  }

  toText(): string {
    const parts = [HEAD, this.#messages, this.#comments, DEFINITIONS, this.#attributes, this.#values];
    return `${parts.flat().join('\n')}\n`;
  }

  addMessage(): void {
    const number = this.#count++;
    const id = 0x40 + number + (number % 7 === 6 ? 0x8000_0000 + 0x1_0000 : 0);
    const name = `MSG_${number}_${this.#numbers.pick(['STATUS', 'CONTROL', 'SENSOR', 'DISPLAY'])}`;
    this.#messages.push(`BO_ ${id} ${name}: 8 ${this.#numbers.pick(NODES)}`);
    this.#addSignals(id, number % 2 === 0, number % 5 === 4);
    this.#messages.push('');
    this.#attributes.push(`BA_ "GenMsgCycleTime" BO_ ${id} ${this.#numbers.pick([10, 20, 50, 100])};`);
    if (number % 3 === 0) this.#comments.push(`CM_ BO_ ${id} "Sent by what is behind the dash, ${number}";`);
  }

  #addSignals(id: number, isBigEndian: boolean, isMultiplexed: boolean): void {
    let bit = 0;
    for (let index = 0; bit < 64; index++) {
      const length = Math.min(64 - bit, isMultiplexed && index === 0 ? 2 : this.#numbers.pick(LENGTHS));
      // Some bits are nobody's.
      const isLeftOut = index > 0 && this.#numbers.below(5) === 0;
      if (!isLeftOut) this.#addSignal(id, { index, bit, length, isBigEndian, isMultiplexed });
      bit += length;
    }
  }

  #addSignal(id: number, { index, bit, length, isBigEndian, isMultiplexed }: SignalPlace): void {
    const name = `SIGNAL_${index}_${this.#numbers.pick(['SPEED', 'ANGLE', 'STATE', 'REQUEST', 'FAULT'])}`;
    const marker = !isMultiplexed ? '' : index === 0 ? ' M' : ` m${index % 4}`;
    const place = `${isBigEndian ? bit ^ 7 : bit}|${length}@${isBigEndian ? 0 : 1}`;
    const sign = length > 2 && this.#numbers.below(3) === 0 ? '-' : '+';
    const scale = length > 4 ? `(${this.#numbers.pick(FACTORS)},${this.#numbers.pick(OFFSETS)})` : '(1,0)';
    const unit = length > 4 ? this.#numbers.pick(UNITS) : '';
    this.#messages.push(
      ` SG_ ${name}${marker} : ${place}${sign} ${scale} [0|0] "${unit}" ${this.#numbers.pick(NODES)}`,
    );
    if (length > 1 && length <= 4)
      this.#values.push(`VAL_ ${id} ${name} 3 "fault" 2 "on" 1 "ready" 0 "off" ;`);
    if (this.#numbers.below(6) === 0)
      this.#comments.push(`CM_ SG_ ${id} ${name} "What the driver sees; \\"raw\\" counts from bit ${bit}";`);
  }
}

interface SignalPlace {
  readonly index: number;
  readonly bit: number;
  readonly length: number;
  readonly isBigEndian: boolean;
  readonly isMultiplexed: boolean;
}

const HEAD: readonly string[] = [
  'VERSION ""',
  '',
  'NS_ :',
  '\tCM_',
  '\tBA_DEF_',
  '\tBA_',
  '\tVAL_',
  '',
  'BS_:',
  '',
  `BU_: ${NODES.join(' ')}`,
  '',
];

const DEFINITIONS: readonly string[] = [
  'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;',
  'BA_DEF_DEF_ "GenMsgCycleTime" 0;',
];
