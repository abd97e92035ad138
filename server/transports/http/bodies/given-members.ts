/** Leaves out members that are null or undefined: HTTP's clients write `null` for what they do not give. */
export function keepGiven(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  );
}
