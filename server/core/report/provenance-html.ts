import { type Markup, markup } from './markup.ts';
import type { ReportProvenance } from './report.ts';

/** Writes where a report comes from. */
export function writeProvenance(provenance: ReportProvenance): Markup {
  const { tool, version, parameters, inputs, command } = provenance;
  const pairs = parameters.map(([name, value]) => `${name} ${value}`).join(', ');
  const files = inputs.map(
    ({ name, sha256 }) => markup`<dd>${name} <code class="hash">${sha256}</code></dd>`,
  );
  return markup`<footer><h2 class="unseen">Where this report comes from</h2><dl>
<div><dt>Made by</dt><dd>${tool} ${version}</dd></div>
<div><dt>Parameters</dt><dd>${pairs === '' ? 'all as they are by default' : pairs}</dd></div>
<div><dt>Read, with sha256</dt>${files.length === 0 ? markup`<dd>nothing</dd>` : files}</div>
<div><dt>Make it again</dt><dd class="code command"><code>${command}</code></dd></div>
</dl></footer>`;
}
