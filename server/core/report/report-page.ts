import { HATCH } from './hatch.ts';
import { writeText } from './inline-html.ts';
import { Markup, markup } from './markup.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_SHA256, PAGE_STYLE, PAGE_STYLE_SHA256 } from './page-assets.ts';
import { writeProvenance } from './provenance-html.ts';
import type { Report, ReportNotice } from './report.ts';
import { writeSection } from './section-html.ts';

/** What the page may do: run its own script and style, show drawings it holds. Nothing leaves it, nothing comes in. */
const POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${PAGE_SCRIPT_SHA256}'`,
  `style-src 'sha256-${PAGE_STYLE_SHA256}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Makes a report one HTML file that needs nothing else. */
export function renderReport(report: Report): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${writeTitle(report)}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<svg class="defs" aria-hidden="true" width="0" height="0"><defs>${HATCH}</defs></svg>
<header><div><h1>${report.title}</h1>${writeFacts(report.facts)}</div></header>
<main>
${report.notices.map(writeNotice)}<p class="lead">${writeText(report.lead)}</p>
<div class="sections">
${report.sections.map(writeSection)}</div>
${writeNotes(report)}</main>
${writeProvenance(report.provenance)}
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

function writeTitle({ title, facts }: Report): string {
  const [subject] = facts;
  return subject === undefined ? title : `${title} – ${subject}`;
}

function writeFacts(facts: readonly string[]): Markup | undefined {
  if (facts.length === 0) return undefined;
  return markup`<ul class="facts">${facts.map((fact) => markup`<li>${fact}</li>`)}</ul>`;
}

function writeNotice({ level, title, text }: ReportNotice): Markup {
  const role = level === 'error' ? 'alert' : 'status';
  return markup`<div class="notice ${level}" role="${role}"><p><strong><span class="unseen">${level}: </span>${title}</strong> ${text}</p></div>
`;
}

function writeNotes({ notes }: Report): Markup | undefined {
  if (notes.length === 0) return undefined;
  return markup`<div class="notes">${notes.map((note) => markup`<p>${writeText(note)}</p>`)}</div>
`;
}
