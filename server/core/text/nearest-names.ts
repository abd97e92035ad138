/** How many names an error message offers. */
const OFFERED = 3;

/**
 * Finds the names that a mistyped name may have meant, the likeliest first.
 *
 * @returns At most three, and none that have little in common with `name`.
 */
export function findNearestNames(name: string, candidates: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.ceil(wanted.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: measureDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, OFFERED)
    .map(({ candidate }) => candidate);
}

/** Words an offer of names for the end of an error message. */
export function offerNames(names: readonly string[]): string {
  return names.length > 0 ? `Did you mean ${names.join(', ')}?` : '';
}

/** Levenshtein's distance, less where one name contains the other: `vego` is near `vEgoRaw`. */
function measureDistance(a: string, b: string): number {
  if (a.length > 0 && b.includes(a)) return 1 + (b.length - a.length) / 100;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
