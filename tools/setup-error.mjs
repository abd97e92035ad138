/** Something on this machine is missing or failed; the message tells the engineer what to do. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}
