import type { AnswerScene } from './table-route.ts';

/** The `Link` header that leads to the next page: what was asked for, with other values of some parameters. */
export function writeNextLink(
  { origin, url }: AnswerScene,
  values: Readonly<Record<string, string>>,
): string {
  const next = new URL(url, origin);
  for (const [name, value] of Object.entries(values)) next.searchParams.set(name, value);
  return `<${next.href}>; rel="next"`;
}
