/** Hashes of the scripts and styles that a report admits, as policies write them. */
export interface ReportHashes {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The policy that a report of CTS carries stands in its head, before anything of a log. */
const POLICY =
  /^<!doctype html>\s*<html[^>]*>\s*<head>\s*(?:<meta charset="utf-8">\s*)?<meta http-equiv="Content-Security-Policy" content="([^"<>]{1,2000})">/i;
const HASH = /'sha256-[A-Za-z0-9+/]{43}='/g;

/** Lists what a report admits in its head; of a page that is no report of CTS, nothing. */
export function listReportHashes(html: string): ReportHashes {
  const policy = (POLICY.exec(html.slice(0, 4096))?.[1] ?? '').replaceAll(/&#(?:39|x27);/g, "'");
  return { scripts: listHashes(policy, 'script-src'), styles: listHashes(policy, 'style-src') };
}

function listHashes(policy: string, directive: string): readonly string[] {
  const found = policy.split(';').find((part) => part.trim().startsWith(`${directive} `));
  return found?.match(HASH) ?? [];
}
