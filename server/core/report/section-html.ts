import { writeBitGrids } from './bit-grid-html.ts';
import { writeChart } from './chart-html.ts';
import { writeText } from './inline-html.ts';
import { type Markup, markup } from './markup.ts';
import type { ReportCode, ReportFiles, ReportSection } from './report.ts';
import { writeTable } from './table-html.ts';

/** Writes a part of a report under its heading. */
export function writeSection(section: ReportSection, index: number): Markup {
  const id = `section-${String(index + 1)}`;
  const text =
    section.text === undefined ? undefined : markup`<p class="text">${writeText(section.text)}</p>`;
  return markup`<section class="${section.width ?? 'full'}" aria-labelledby="${id}"><h2 id="${id}">${section.title}</h2>${text}
${writeContent(section)}</section>
`;
}

function writeContent({ content, title }: ReportSection): Markup {
  switch (content.kind) {
    case 'chart':
      return writeChart(content.chart);
    case 'table':
      return writeTable(content, title);
    case 'bits':
      return writeBitGrids(content);
    case 'code':
      return writeCode(content);
    case 'files':
      return writeFiles(content);
  }
}

function writeCode({ code }: ReportCode): Markup {
  return markup`<div class="code"><pre><code>${code}</code></pre></div>`;
}

function writeFiles({ files }: ReportFiles): Markup {
  if (files.length === 0) return markup`<p class="empty">No files.</p>`;
  const items = files.map(
    ({ name, description }) =>
      markup`<li><a href="./${encodeURIComponent(name)}">${name}</a><span>${description}</span></li>`,
  );
  return markup`<ul class="files">${items}</ul>`;
}
