/**
 * Draws what `npm run demo` prints as a picture for the README: `node tools/demo-picture.ts`, after a build.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const ROOT = join(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'docs/images/demo.svg');

const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 8.4;
const MARGIN = 20;
const BAR_HEIGHT = 30;
/** Colours of SGR codes that the demo uses, on a dark ground. */
const COLORS: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '36': '#79c0ff',
};

// How a terminal is told of a style: ESC [ number m.
const ESCAPE = String.fromCharCode(27);
const STYLE = new RegExp(`^${ESCAPE}\\[(\\d+)m$`);
const STYLES = new RegExp(`${ESCAPE}\\[\\d+m`, 'g');
const STYLES_AND_GAPS = new RegExp(`(${ESCAPE}\\[\\d+m| {2,})`);

mkdirSync(dirname(PICTURE), { recursive: true });
writeFileSync(PICTURE, drawTerminal(captureDemo()));

function captureDemo(): readonly string[] {
  const text = execFileSync('sh', ['-c', `"${process.execPath}" tools/demo.ts 2>&1`], {
    cwd: ROOT,
    env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined, CI: 'true' },
    encoding: 'utf8',
  });
  return text.trim().split('\n');
}

function drawTerminal(lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => stripStyles(line).length));
  const width = Math.ceil(2 * MARGIN + columns * CHARACTER_WIDTH);
  const height = BAR_HEIGHT + 2 * MARGIN + lines.length * LINE_HEIGHT;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, i) =>
      `<circle cx="${String(MARGIN + i * 20)}" cy="${String(BAR_HEIGHT / 2 + 3)}" r="6" fill="${color}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" role="img" aria-label="Terminal: cts describes a log and converts it to CSV">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${dots.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
${lines.map(drawLine).join('\n')}
</g>
</svg>
`;
}

function drawLine(line: string, index: number): string {
  const y = BAR_HEIGHT + MARGIN + (index + 1) * LINE_HEIGHT - 5;
  const spans: string[] = [];
  let column = 0;
  let style = '';
  for (const part of line.split(STYLES_AND_GAPS)) {
    const code = STYLE.exec(part)?.[1];
    if (code !== undefined) style = styleOf(code);
    else {
      if (part.trim() !== '') spans.push(drawSpan(part, column, style));
      column += part.length;
    }
  }
  return `<text y="${String(y)}">${spans.join('')}</text>`;
}

/** Words that stand together are put at their own place and stretched to the grid, whatever font the reader has. */
function drawSpan(text: string, column: number, style: string): string {
  const shown = text.trim();
  const x = MARGIN + (column + text.indexOf(shown)) * CHARACTER_WIDTH;
  const length = shown.length * CHARACTER_WIDTH;
  return `<tspan x="${x.toFixed(1)}" textLength="${length.toFixed(1)}" lengthAdjust="spacing"${style}>${escapeXml(shown)}</tspan>`;
}

function styleOf(code: string): string {
  if (code === '1') return ' font-weight="bold"';
  const color = COLORS[code];
  return color === undefined ? '' : ` fill="${color}"`;
}

function stripStyles(line: string): string {
  return line.replaceAll(STYLES, '');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
