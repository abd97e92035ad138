/** Names that Windows keeps for devices, with any ending. */
const DEVICE_NAMES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

const MAX_NAME_BYTES = 200;

/**
 * Makes a plain file name of what somebody else calls a file: nothing in it leads to another folder, changes a
 * terminal or means a device.
 */
export function makeSafeName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const plain = base
    .replaceAll(/[\p{C}<>:"|?*]/gu, '_')
    .replace(/[. ]+$/, '')
    .trimStart();
  const short = cutName(plain);
  if (short === '' || /^\.*$/.test(short)) return 'artifact';
  return DEVICE_NAMES.test(short) ? `_${short}` : short;
}

/** Cuts a long name before its ending, so that the kind of file stays. */
function cutName(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem + ending) > MAX_NAME_BYTES) stem = Array.from(stem).slice(0, -1).join('');
  return stem + ending;
}
