import { type Markup, markup } from './markup.ts';

/** The pattern of stretches without data. */
export const HATCH: Markup = markup`<pattern id="cts-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" y2="7" stroke-opacity=".28"/></pattern>`;
