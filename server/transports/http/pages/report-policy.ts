import { listReportHashes } from '#protocol';

/**
 * The policy under which a report is shown: no origin, no network, and only the script and style whose hashes it names
 * itself. A page that names none runs nothing.
 *
 * @param beginning First characters of the document.
 */
export function writeReportPolicy(beginning: string): string {
  const { scripts, styles } = listReportHashes(beginning);
  return [
    "default-src 'none'",
    'img-src data:',
    `script-src ${scripts.join(' ') || "'none'"}`,
    `style-src ${styles.join(' ') || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-scripts allow-downloads',
  ].join('; ');
}
