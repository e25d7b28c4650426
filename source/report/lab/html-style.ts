// How the HTML report looks: on paper, on a large screen and on a phone, by day and by night.

export const css = `
:root { color-scheme: light dark; --ink: #1b1d22; --paper: #fff; --soft: #5b616e; --line: #cfd4dc; --band: #f3f5f8;
  --accent: #0b5394; --good: #0a6b3d; --poor: #8a5a00; --bad: #b3261e; --place: #fff8e1; --place-line: #c99700; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --paper: #15171c; --soft: #a4abb8;
  --line: #3a404b; --band: #1f232b; --accent: #8ab8ff; --good: #6fd39c; --poor: #f0c05a; --bad: #ff8a80;
  --place: #2b2514; --place-line: #c99700; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.2rem; }
h2 { font-size: 1.4rem; margin: 2.6rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.12rem; margin: 1.9rem 0 .5rem; }
.number { color: var(--soft); margin-right: .3em; }
p, ul, ol { margin: .6rem 0; }
a { color: var(--accent); }
code { font: .875em/1.4 ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace; background: var(--band);
  padding: .08em .3em; border-radius: 4px; overflow-wrap: anywhere; }
header { border-bottom: 3px solid var(--accent); padding-bottom: 1.2rem; }
dl { margin: 0; display: grid; gap: .3rem; }
dl div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
nav { background: var(--band); border-radius: 8px; padding: .8rem 1.2rem; margin: 1.5rem 0; }
nav h2 { font-size: 1rem; border: 0; margin: 0; padding: 0; }
nav > ul { columns: 2; column-gap: 2.5rem; padding: 0; }
nav ul { list-style: none; margin: .3rem 0; }
nav ul ul { padding-left: 1.3rem; margin: 0; }
nav > ul > li { break-inside: avoid; }
nav a { text-decoration: none; }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: .875rem; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
table.broad { font-size: .78rem; }
caption { text-align: left; padding: .3rem 0; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; font-weight: normal; }
td code { overflow-wrap: break-word; }
code.short { white-space: nowrap; }
td code.short { white-space: normal; }
.long, .long code { overflow-wrap: anywhere; }
table.broad th, table.broad td { padding: .3rem .25rem; }
table.broad thead th { font-size: .92em; hyphens: auto; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 2px solid var(--soft); overflow-wrap: break-word; }
tbody th { font-weight: 600; }
tbody tr:nth-child(even) { background: var(--band); }
.n { text-align: right; }
.good { color: var(--good); }
.poor { color: var(--poor); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
figure { margin: 1.4rem 0; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .875rem; margin-top: .3rem; }
.narrow { display: none; }
.note { color: var(--soft); font-size: .875rem; }
.caution { border-left: 4px solid var(--bad); padding: .4rem .9rem; }
aside.place { background: var(--place); border: 1px dashed var(--place-line); border-radius: 6px; padding: .7rem .9rem 3.2rem;
  margin: 1rem 0; color: var(--soft); }
aside.place b { color: var(--ink); display: block; font-size: .8rem; }
dd.place { background: var(--place); border-bottom: 1px dashed var(--place-line); color: var(--soft); padding: 0 .5rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media screen and (max-width: 620px) {
  html { font-size: 15px; }
  body { padding: 1rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  dl div { grid-template-columns: 1fr; gap: 0; }
  nav > ul { columns: 1; }
  .wide { display: none; }
  .narrow { display: block; }
  table, tbody, tr, th, td, caption { display: block; width: 100%; }
  table, table.broad { font-size: .9rem; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tbody tr { border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0; padding: .25rem .6rem; }
  tbody th, tbody td, table.broad tbody th, table.broad tbody td, tbody .n { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: .8rem; border: 0;
    padding: .2rem 0; text-align: left; }
  tbody th, tbody td, td code { overflow-wrap: anywhere; }
  tbody th::before, tbody td::before { content: attr(data-head); color: var(--soft); font-weight: normal; }
}
@page { size: A4; margin: 18mm 16mm; }
@media print {
  html { font-size: 10.5pt; background: none; }
  body { max-width: none; padding: 0; }
  h2, h3, caption, thead { break-after: avoid; }
  figure, tbody tr, aside.place, .caution { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8.5pt; }
  table.broad { font-size: 7.2pt; }
  nav, tbody tr:nth-child(even), code { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
`;
