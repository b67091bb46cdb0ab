/** The page's whole look: a phone first, then a counter's screen, then paper. System fonts that hold Devanagari. */
export const STYLE = `
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6875; --line: #dfe4ea; --calm: #0f5c63; --ground: #f3f5f7; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, 'Noto Sans', 'Noto Sans Devanagari',
  'Nirmala UI', 'Kohinoor Devanagari', Mangal, sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 0.75rem; }
article { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 1rem; margin: 0 0 1rem; }
header { border-bottom: 2px solid var(--calm); padding-bottom: 0.5rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0; color: var(--calm); }
h2 { font-size: 1.05rem; line-height: 1.4; margin: 1.25rem 0 0.4rem; color: var(--calm); }
p { margin: 0.2rem 0; }
.hospital { font-weight: 600; }
.item { border: 1px solid var(--line); border-radius: 8px; padding: 0.5rem 0.75rem; margin: 0.4rem 0; }
.item .item { border-style: dashed; }
.head { font-weight: 600; }
.how { font-size: 1.05rem; }
small { color: var(--soft); font-size: 0.8rem; font-weight: 400; }
dl { margin: 0.3rem 0; }
dl > div { display: flex; gap: 0.75rem; padding: 0.1rem 0; }
dt { flex: 0 0 8.5rem; color: var(--soft); }
dd { flex: 1; margin: 0; min-width: 0; }
table { width: 100%; border-collapse: collapse; margin: 0.3rem 0; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.5rem 0.35rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: 0.8rem; font-weight: 600; }
.group th { background: var(--ground); padding-inline-start: 0.4rem; }
.mark { display: inline-block; border-radius: 4px; padding: 0 0.4rem; font-size: 0.85rem; font-weight: 600; background: #e4f2f0; color: #0b4a50; }
.mark.warn { background: #fdf0d8; color: #6d4300; }
.mark.alarm { background: #fbe3e1; color: #8a1c13; }
img { display: block; max-width: 100%; height: auto; margin: 0.4rem 0; border: 1px solid var(--line); }
pre { white-space: pre-wrap; font: inherit; background: var(--ground); padding: 0.5rem; border-radius: 6px; }
@media (max-width: 26rem) { dt { flex-basis: 6.5rem; } th, td { padding-inline-end: 0.35rem; } }
@media print {
  body { background: #fff; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  article { border: 0; border-radius: 0; padding: 0; break-after: page; }
  article:last-child { break-after: auto; }
  .item, tr, img { break-inside: avoid; }
  h2 { break-after: avoid; }
  .mark { border: 1px solid currentColor; background: none; }
}
`;
