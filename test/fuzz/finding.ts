/** Something that the reader must never do. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** @throws {Finding} When the condition is not true: what the reader promises does not hold. */
export function expectThat(condition: unknown, promise: string): asserts condition {
  if (condition !== true) throw new Finding(promise);
}
