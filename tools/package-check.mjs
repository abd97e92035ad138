import { readFileSync } from 'node:fs';

/** A VSIX above this size is not shipped. */
export const MOST_BYTES = 8_000_000;

/** What no extension can do without. */
const REQUIRED = [
  'extension/package.json',
  'extension/dist/extension.cjs',
  'extension/dist/face.cjs',
  'extension/dist/server.cjs',
  'extension/dist/programs/server.cjs',
  'extension/dist/worker.cjs',
  'extension/dist/cts.cjs',
  'extension/dist/pages/log.js',
  'extension/dist/pages/log.css',
];

/** What must not be in a package: sources, maps, and what tells of this machine. */
const FORBIDDEN =
  /\.(map|tsx?|mts|gypi?|c|cc|cpp|h|tsbuildinfo)$|\.meta\.json$|(^|\/)(\.git|\.npmrc|test|bench)(\/|$)/;
const NATIVE = /\.node$/;

/**
 * Looks at a package that was just written.
 *
 * @param {string} path
 * @param {string} target
 * @returns {string[]} What is wrong with it; empty when it can be shipped.
 */
export function checkPackage(path, target) {
  const bytes = readFileSync(path);
  return checkEntries(listZipEntries(bytes), { sizeBytes: bytes.length, target });
}

/**
 * @param {readonly string[]} entries Names of the files in the package.
 * @param {{ sizeBytes: number, target: string }} about
 * @returns {string[]}
 */
export function checkEntries(entries, { sizeBytes, target }) {
  const missing = REQUIRED.filter((name) => !entries.includes(name)).map((name) => `${name} is missing`);
  const forbidden = entries.filter((name) => FORBIDDEN.test(name)).map((name) => `${name} must not be in it`);
  const native = entries.filter((name) => NATIVE.test(name));
  const isNativeRight = target === 'universal' ? native.length === 0 : native.length > 0;
  return [
    ...missing,
    ...forbidden,
    ...(isNativeRight ? [] : [`native files: ${native.join(', ') || 'none'}`]),
    ...(sizeBytes > MOST_BYTES ? [`${sizeBytes} bytes are more than ${MOST_BYTES}`] : []),
  ];
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;

/**
 * Lists the names in a zip file by its central directory.
 *
 * @param {Buffer} zip
 * @returns {string[]}
 */
export function listZipEntries(zip) {
  let end = zip.length - END_BYTES;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('this is no zip file');
  const count = zip.readUInt16LE(end + 10);
  const names = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`the zip directory is damaged at ${at}`);
    const nameBytes = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
