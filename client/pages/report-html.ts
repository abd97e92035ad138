import { escapeHtml } from './page-html.ts';

/** A report as the editor shows it. */
export interface ShownReport {
  readonly html: string;
  /** Whether there is a script that may run. */
  readonly runsScript: boolean;
}

/** The policy that a report of CTS carries stands in its head, before anything of a log. */
const POLICY =
  /^<!doctype html>\s*<html[^>]*>\s*<head>\s*(?:<meta charset="utf-8">\s*)?<meta http-equiv="Content-Security-Policy" content="([^"<>]{1,2000})">/i;
const HASH = /'sha256-[A-Za-z0-9+/]{43}='/g;

/**
 * Puts a report under a policy of the editor's own: of scripts and styles only those run whose hashes the report names
 * in its head; nothing is loaded and nothing leaves. A file that names none is shown without.
 */
export function guardReport(html: string): ShownReport {
  const own = (POLICY.exec(html.slice(0, 4096))?.[1] ?? '').replaceAll(/&#(?:39|x27);/g, "'");
  const scripts = listHashes(own, 'script-src');
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(' ') || "'none'"}`,
    `style-src ${listHashes(own, 'style-src').join(' ') || "'none'"}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`;
  const rest = html.replace(/^\s*<!doctype html>\s*/i, '').replace(/^<html[^>]*>\s*<head>/i, '');
  return { html: head + rest, runsScript: scripts.length > 0 };
}

function listHashes(policy: string, directive: string): readonly string[] {
  const found = policy.split(';').find((part) => part.trim().startsWith(`${directive} `));
  return found?.match(HASH) ?? [];
}
