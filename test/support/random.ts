/** Numbers from 0 to below 1 that are the same each time, for tests that want any input but always the same one. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The lower bits of such a generator repeat soon.
    return (state >>> 8) / 0x100_0000;
  };
}

/** Bytes that no packer makes smaller. */
export function randomBytes(length: number, seed = 1): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => random() * 256);
}

/** Text of few words, which every packer makes smaller. */
export function randomText(length: number, seed = 1): Uint8Array {
  const random = seededRandom(seed);
  const words = [
    'brake ',
    'wheel ',
    'speed ',
    'zero\0\0\0\0\0\0',
    '55 mph, ',
    'blinker\n',
    'aaaa',
    'cruise ',
  ];
  let text = '';
  while (text.length < length) text += words[Math.floor(random() * words.length)] ?? '';
  return new TextEncoder().encode(text.slice(0, length));
}
