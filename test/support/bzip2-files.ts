/** Files made with the bzip2 command from content of our own, and that content. */
export interface Bzip2File {
  readonly file: Uint8Array;
  readonly content: Uint8Array;
}

const LINE = 'CTS reads this line from a bzip2 stream.\n';

/** `bzip2 -9` of nothing: a stream without blocks. */
export const emptyFile: Bzip2File = {
  file: decode('QlpoORdyRThQkAAAAAA='),
  content: new Uint8Array(0),
};

/** Two streams of one block each, of `bzip2 -9` and `bzip2 -1`. */
export const twoStreams: Bzip2File = {
  file: decode(
    [
      'QlpoOTFBWSZTWfnmTYEAABBfgAAQQAEQAAgADAA3Z9wQIABUZ/qo2kekxGEfqFf6qmgZPUAaE3CiFlVE2LxRCEKyXNHa0l71Z8sY',
      'Q4hzcYcRAQ2xgRoXckU4UJD55k2BQlpoMTFBWSZTWaz1kscAAAPVgAAQQAEgAAdjnEAgACGp6mQGNQUwAE0vgV3SzIg8cNUF0aXm',
      'C+LuSKcKEhWesljg',
    ].join(''),
  ),
  content: new TextEncoder().encode(`${LINE.repeat(3)}And this one from the next.\n`),
};

/** `bzip2 -1` of 250,000 bytes: one stream of three blocks. */
export const threeBlocks: Bzip2File = {
  file: decode(
    [
      'QlpoMTFBWSZTWR0E6JAAAgN/AH///////////////8AAQALcAAADgaNGINGmTCDEBiMTRo0aANNNAAAAOBo0Yg0aZMIMQGIxNGjR',
      'oA000AAAA4GjRiDRpkwgxAYjE0aNGgDTTQAAAApVVA0A0BoABiMjQMQDRoaYTAmQGjQzdUA0d/UA4FQDg1AOFUAwKgHDqAcSoBxa',
      'gHGqAceoByKgHJqAYNQDlVAOXUA5lQDm1AOdUA59QDCqAdCoB0agHSqAdOoB1KgHVqAdaoB16gHYqAdmoB2qgHbqAdyoBh1AMSoB',
      'i1AO7UA71QDGqAY9QDv1APBUAyKgHhqAeKoB46gHkqAeWoBk1AMqoBl1APNUA89QD0VAPTUA9VQD11APZUAzKgHtqAe6oBm1APfU',
      'A+FQD41AM6oB8qgGfUA0KgGjUA0FANJQD5qAaagGooBqqAaygGuoBsKAfRQDZUA2lAPqoB9lAPuoB+FAPyoB+lANtQD9qAfxQDcU',
      'A/qgH+UA/6gG6oBvGKCskymso6WDvoBHdf+AP///////////////4AAgAW4AAAHA0aMQaNMmEGIDEYmjRo0AaaaAAAAcDRoxBo0y',
      'YQYgMRiaNGjQBppoAAABwNGjEGjTJhBiAxGJo0aNAGmmgAAABSqqNNGgDQ0NNNAaGRoZGmQ0NDTQaGIAwhm7UA31QDf1AMCoBwKg',
      'GDUA4NQDhVAMKoBw6gHEqAcWoBxqgHHqAcioByagHKqAYdQDl1AOZUA5tQDEqAc6oBz6gHQqAYtQDo1AMaoB0qgGPUA6dQDqVAOr',
      'UA61QDr1AOxUAyKgHZqAdqoB26gGTUAyqgHcqAd2oBl1AO8oB31APAoBmKAZqgHhUA8SgGcoB41AM9QDQUA8igHlUA8ygGioB51A',
      'PQoB6VANJQD1KAetQD2KAaagHtUA1FAPcoBi+9QD4VAPjUA1agHyqAfOoB9KgGtUA16gGxUA+tQD7VAPvUA/FQD81AP1UA/dQD+V',
      'ANmoBtVANuoBuVAP7UA/1QD/1AN2oBvGKCskymsrfyoJoAWqb+AP///////////////4AAgAU4AAAcDRoxBo0yYQYgMRiaNGjQBp',
      'poAAABwNGjEGjTJhBiAxGJo0aNAGmmgAAAHA0aMQaNMmEGIDEYmjRo0AaaaAAAAFKqo00aDQ0NDTTQGhkaGQZDQ0NNBoYgDCGbpA',
      'b4gN+QGAQHAIDBIDgkBwiAwiA4ZAcQgOKQHGIDDIDjkByCA5JAYhAcogOWQHMIDFIDmkBziA55AYxAdAgMcgOiQGQQHSIDp0A6lA',
      'OrQDrUA69AMmgHYoB2aAdqgGVQDLoB26AdygGZQDD7tAO8QHfIDNIDOIDwEB4SA8RAeMgM8gNAgPIQHlIDzEBokB5yA9BAekgNIg',
      'PUQHrID2EBpkB7SA1CA9xAe8gPgQHxIDVID5EB8yA+hAaxAa5AbBAfUgPsQH3ID8EB+SA/RAfsgP4QGyQG0QG2QG4QH9ID/EB/yA',
      '3SA3hdyRThQkKF8/PcA=',
    ].join(''),
  ),
  content: Uint8Array.from({ length: 250_000 }, (_, i) => i % 97),
};

function decode(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
