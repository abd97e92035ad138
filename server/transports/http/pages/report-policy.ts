/** The policy of a report stands in its head, before anything that comes from a log. */
const META =
  /^<!doctype html>\s*<html[^>]*>\s*<head>\s*(?:<meta charset="utf-8">\s*)?<meta http-equiv="Content-Security-Policy" content="([^"<>]{1,2000})">/i;
const HASH = /'sha256-[A-Za-z\d+/]{43}='/g;

/**
 * The policy under which a report is shown: no origin, no network, and only the script and style whose hashes it names
 * itself. A page that names none runs nothing.
 *
 * @param beginning First characters of the document.
 */
export function writeReportPolicy(beginning: string): string {
  const own = META.exec(beginning)?.[1]?.replaceAll(/&#(?:39|x27);/g, "'") ?? '';
  return [
    "default-src 'none'",
    'img-src data:',
    `script-src ${listHashes(own, 'script-src')}`,
    `style-src ${listHashes(own, 'style-src')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-scripts allow-downloads',
  ].join('; ');
}

function listHashes(policy: string, directive: string): string {
  const part = policy.split(';').find((candidate) => candidate.trim().startsWith(`${directive} `)) ?? '';
  const hashes = part.match(HASH) ?? [];
  return hashes.length === 0 ? "'none'" : hashes.join(' ');
}
