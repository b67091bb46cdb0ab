import { SHEET_SECTIONS } from './sheets.js';
import {
  outcomeOf,
  VERDICTS,
  type CaseResult,
  type Fact,
  type Message,
  type MilestoneReport,
  type Report,
} from './verdict.js';

const STYLE = `
  :root { color-scheme: light; }
  body { font: 15px/1.45 system-ui, sans-serif; color: #1c2430; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
  h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
  h2 { font-size: 1.35rem; margin: 2.6rem 0 .3rem; }
  h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
  p { margin: .3rem 0; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; }
  th, td { border: 1px solid #c9d1db; padding: .4rem .55rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  th { background: #f0f3f7; font-weight: 600; }
  tbody th { background: none; }
  .case > * { border-bottom: 0; }
  .evidence > td { border-top: 0; }
  .id { font-weight: 600; }
  .verdict { font-weight: 700; white-space: nowrap; }
  .passed { color: #0b5d2e; background: #e4f5ea; }
  .failed { color: #8c1414; background: #fde8e8; }
  .not-applicable, .not-played { color: #44505f; background: #eef1f5; }
  .not-built-yet { color: #7a4b00; background: #fdf1dc; }
  ul { margin: .2rem 0; padding-left: 0; list-style: none; }
  li.wrong { color: #8c1414; font-weight: 600; }
  .messages { margin-top: .5rem; font-size: .8rem; }
  .messages th, .messages td { padding: .15rem .4rem; border-color: #dde3ea; }
  .messages td, .messages th { font-family: ui-monospace, monospace; }
  .summary { width: auto; table-layout: auto; margin-top: .8rem; }
  @media print {
    body { margin: 0; max-width: none; font-size: 10pt; }
    .messages { font-size: 7pt; }
    h2, h3 { break-after: avoid; }
    thead { display: table-header-group; }
    .case { break-after: avoid; break-inside: avoid; }
    .messages tr, li { break-inside: avoid; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }`;

/** One page that needs nothing else: no script, nothing loaded from elsewhere. */
export function reportHtml(report: Report): string {
  const { about, startedAt, milliseconds, milestones } = report;
  const title = `ABDM ${milestones.map(({ milestone }) => `Milestone ${milestone}`).join(' and ')}: certification run`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${title}</h1>
<p>HIP: ${escaped(about)} · ABDM: simulator · ${escaped(startedAt)} · ${(milliseconds / 1000).toFixed(0)} s</p>
<p>All patients in this run are invented. Messages are shown without their content.</p>
${milestones.map(milestonePart).join('\n')}
</body>
</html>
`;
}

function milestonePart(of: MilestoneReport): string {
  const tables = SHEET_SECTIONS.filter(({ milestone }) => milestone === of.milestone).map(({ id, title }) => {
    const cases = of.cases.filter((one) => one.section === id);
    return cases.length === 0 ? '' : tableOf(title, cases);
  });
  return `<h2>Milestone ${of.milestone}: ${escaped(of.title)}</h2>
<table class="summary">
<thead><tr><th scope="col">Verdict</th><th scope="col">Cases</th></tr></thead>
<tbody>
${VERDICTS.map((one) => `<tr><th scope="row" class="${classOf(one)}">${one}</th><td>${of.counts[one]}</td></tr>`).join('\n')}
</tbody>
</table>
<p><strong>${escaped(outcomeOf(of))}</strong></p>
${tables.join('\n')}`;
}

function tableOf(title: string, cases: readonly CaseResult[]): string {
  return `<h3>${escaped(title)}</h3>
<table>
<colgroup><col style="width:3rem"><col style="width:17rem"><col style="width:8rem"><col><col style="width:8.5rem"></colgroup>
<thead><tr><th scope="col">No.</th><th scope="col">Case</th><th scope="col">Type</th><th scope="col">Scenario</th><th scope="col">Verdict</th></tr></thead>
<tbody>
${cases.map(rowsOf).join('\n')}
</tbody>
</table>`;
}

function rowsOf(one: CaseResult): string {
  const row = `<tr class="case"><td>${one.number}</td><th scope="row" class="id">${escaped(one.id)}</th><td>${escaped(one.type)}</td><td>${escaped(one.scenario)}</td><td class="verdict ${classOf(one.verdict)}">${one.verdict}</td></tr>`;
  return `${row}
<tr class="evidence"><td></td><td colspan="4">${evidenceOf(one)}</td></tr>`;
}

function evidenceOf({ facts, messages, why, startedAt }: CaseResult): string {
  if (facts.length === 0) return escaped(why ?? '');
  const when = startedAt === undefined ? '' : `<p>Played ${escaped(startedAt)}</p>`;
  return `${when}<ul>${facts.map(factItem).join('')}</ul>${messages.length === 0 ? '' : messageTable(messages)}`;
}

const factItem = ({ says, isSo }: Fact): string =>
  `<li${isSo ? '' : ' class="wrong"'}>${isSo ? '✓' : '✗ not so:'} ${escaped(says)}</li>`;

function messageTable(messages: readonly Message[]): string {
  const rows = messages.map(
    ({ at, from, operation, path, httpStatus, milliseconds, requestId }) =>
      `<tr><td>${escaped(at.slice(11, 23))}</td><td>${from === 'HIP' ? 'HIP → ABDM' : 'ABDM → HIP'}</td><td>${escaped(operation)}<br>${escaped(path)}</td><td>${escaped(requestId ?? '')}</td><td>${httpStatus === 0 ? 'none' : httpStatus}, ${milliseconds} ms</td></tr>`,
  );
  return `<table class="messages">
<colgroup><col style="width:7.5rem"><col style="width:6.5rem"><col><col style="width:19rem"><col style="width:7rem"></colgroup>
<thead><tr><th scope="col">UTC</th><th scope="col">Way</th><th scope="col">Call</th><th scope="col">REQUEST-ID</th><th scope="col">Answer</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

const classOf = (verdict: string): string => verdict.replaceAll(' ', '-');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** REQUEST-IDs and paths come from the other side, and may hold anything. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
