// Written by tools/generate-report-assets.ts from webviews/report: change those, then run `npm run generate`.

/** The script of report pages. */
export const PAGE_SCRIPT = '"use strict";(()=>{document.documentElement.classList.add("scripted");})();';

/** Base64, for the policy of the page. */
export const PAGE_SCRIPT_SHA256 = '4aPvCZDMwK0te/6VAUovOOKTlTeZNwQYUF3UX2iW4TI=';

/** The style of report pages. */
export const PAGE_STYLE = 'body{margin:0}';

/** Base64, for the policy of the page. */
export const PAGE_STYLE_SHA256 = 'IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc=';
