import { constants, zstdCompressSync } from 'node:zlib';
import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import type { FuzzSeed } from './corpus.ts';
import {
  BYTE_MUTATORS,
  CONTAINER_MUTATORS,
  CONTENT_MUTATORS,
  FRAMING_MUTATORS,
  type Mutator,
  splice,
} from './mutators.ts';

/** One file to read. */
export interface FuzzCase {
  readonly bytes: Uint8Array;
  /** How it was made: seed, then mutators. */
  readonly recipe: string;
}

const MAX_CASE_BYTES = 128 * 1024;
const MAX_MUTATIONS = 5;

/** Which cases are made: number `index` of a seed is the same on every machine with the same corpus. */
export interface CasePlace {
  readonly corpus: readonly FuzzSeed[];
  readonly seed: number;
  readonly index: number;
}

/** Makes a case. */
export function createCase({ corpus, seed, index }: CasePlace): FuzzCase {
  // The multipliers of a well-mixing hash keep neighbouring seeds and cases apart.
  const random = new SeededRandom(Math.imul(seed, 0x85eb_ca6b) ^ Math.imul(index + 1, 0xc2b2_ae35));
  const draft = new CaseDraft(pickSeed(corpus, random), random);
  if (random.below(8) === 0) draft.splice(pickSeed(corpus, random));
  if (draft.isPacked) {
    draft.mutate([...BYTE_MUTATORS, ...CONTAINER_MUTATORS]);
  } else {
    draft.mutate(random.below(2) === 0 ? CONTENT_MUTATORS : [...BYTE_MUTATORS, ...FRAMING_MUTATORS]);
    if (random.below(4) === 0) draft.pack(random.below(2) === 0 ? CONTAINER_MUTATORS : []);
  }
  return draft.finish();
}

function pickSeed(corpus: readonly FuzzSeed[], random: SeededRandom): FuzzSeed {
  const seed = corpus[random.below(corpus.length)];
  if (seed === undefined) throw new Error('The corpus is empty');
  return seed;
}

class CaseDraft {
  readonly isPacked: boolean;
  readonly #random: SeededRandom;
  readonly #steps: string[];
  #bytes: Uint8Array;

  constructor(seed: FuzzSeed, random: SeededRandom) {
    this.isPacked = seed.isPacked;
    this.#random = random;
    this.#steps = [seed.name];
    this.#bytes = seed.bytes.slice();
  }

  splice(other: FuzzSeed): void {
    this.#steps.push(`splice(${other.name})`);
    this.#bytes = splice(this.#bytes, other.bytes, this.#random);
  }

  mutate(mutators: readonly Mutator[]): void {
    for (let count = 1 + this.#random.below(MAX_MUTATIONS); count > 0 && this.#bytes.length > 0; count--) {
      const mutator = mutators[this.#random.below(mutators.length)];
      if (mutator === undefined) return;
      this.#steps.push(mutator.name);
      this.#bytes = mutator(this.#bytes, this.#random);
    }
  }

  /** Compresses as openpilot does, or as others do: one frame or two, with checksum or without; then damages that. */
  pack(mutators: readonly Mutator[]): void {
    const { length } = this.#bytes;
    const half = this.#random.below(3) === 0 ? this.#random.below(length + 1) : length;
    const params = {
      [constants.ZSTD_c_compressionLevel]: 1,
      [constants.ZSTD_c_checksumFlag]: this.#random.below(2),
    };
    const pieces = [this.#bytes.subarray(0, half), this.#bytes.subarray(half)].filter(
      (piece) => piece.length > 0,
    );
    this.#bytes = new Uint8Array(Buffer.concat(pieces.map((piece) => zstdCompressSync(piece, { params }))));
    this.#steps.push('zstd');
    this.mutate(mutators);
  }

  finish(): FuzzCase {
    return { bytes: this.#bytes.slice(0, MAX_CASE_BYTES), recipe: this.#steps.join(' ') };
  }
}
