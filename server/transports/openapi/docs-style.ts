/** Look of the page at /docs, light and dark as the reader's system is. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --paper: #ffffff; --shade: #f4f6f9; --line: #dfe4ea; --link: #0b5cad;
  --get: #0b6e4f; --post: #0b5cad; --put: #8a4b00; --patch: #8a4b00; --delete: #b3261e; --head: #5a6675; --options: #5a6675; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #9aa7b6; --paper: #12161c; --shade: #1b212a; --line: #2c3540; --link: #7db7f5;
  --get: #5fc9a1; --post: #7db7f5; --put: #e5ad6a; --patch: #e5ad6a; --delete: #f0938c; --head: #9aa7b6; --options: #9aa7b6; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 3rem 1.5rem; border-right: 1px solid var(--line); background: var(--shade); font-size: .85rem; }
nav h2 { margin: 1.2rem 0 .3rem; padding: 0; border: 0; font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: 1.8; }
nav a { color: inherit; }
nav .verb { display: inline-block; width: 3.9rem; font-size: .65rem; }
main { padding: 2.5rem 3rem 6rem; max-width: 62rem; }
h1 { margin: 0 0 .3rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3.5rem 0 0; padding-bottom: .4rem; border-bottom: 2px solid var(--line); font-size: 1.35rem; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
h4 { margin: 1.1rem 0 .3rem; font-size: .8rem; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
section.operation, section.schema { margin-top: 1.5rem; padding: 1.1rem 1.3rem 1.3rem; border: 1px solid var(--line); border-radius: .6rem; }
section:target { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
.verb { font: 700 .75rem/1 ui-monospace, monospace; letter-spacing: .03em; }
h3 .verb { display: inline-block; min-width: 4rem; padding: .35rem .5rem; margin-right: .6rem; border: 1px solid currentColor; border-radius: .35rem; text-align: center; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); }
.delete { color: var(--delete); } .head { color: var(--head); } .options { color: var(--options); }
.type { margin-right: .8rem; font: .85em ui-monospace, monospace; color: var(--soft); }
.summary { margin-top: .6rem; font-weight: 500; }
.note { color: var(--soft); font-size: .85rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .85em; }
p code, td code, li code { padding: .1em .3em; border-radius: .25rem; background: var(--shade); }
pre { margin: .4rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--shade); white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
td:first-child { width: 32%; }
table.answers td:first-child { width: 5rem; font-family: ui-monospace, monospace; }
.open { margin-left: .5rem; padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); font-size: .75rem; font-weight: 400; }
tr:target td { background: var(--shade); }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1.5rem 1.2rem 4rem; } }
@media print { nav { display: none; } body { display: block; } }
`;
