import { listReportHashes } from '#protocol';
import { escapeHtml } from './page-html.ts';

/** A report as the editor shows it. */
export interface ShownReport {
  readonly html: string;
  /** Whether there is a script that may run. */
  readonly runsScript: boolean;
}

/**
 * Puts a report under a policy of the editor's own: of scripts and styles only those run whose hashes the report names
 * in its head; nothing is loaded and nothing leaves. A file that names none is shown without.
 */
export function guardReport(html: string): ShownReport {
  const { scripts, styles } = listReportHashes(html);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(' ') || "'none'"}`,
    `style-src ${styles.join(' ') || "'none'"}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`;
  const rest = html.replace(/^\s*<!doctype html>\s*/i, '').replace(/^<html[^>]*>\s*<head>/i, '');
  return { html: head + rest, runsScript: scripts.length > 0 };
}
