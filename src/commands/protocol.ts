import { pathToFileURL } from 'node:url';
import { EXCHANGE_NAMES, PROTOCOL, type Exchange, type ExchangeName } from '../abdm/protocol.js';

const HEADING = ['exchange', 'we are', 'starts', 'we call', 'ABDM calls us', 'answer within', 'what it is for'];

/** `PROTOCOL` as the Markdown table of the README, without a line break at its end. */
export function protocolTable(): string {
  const rows = [HEADING, HEADING.map(() => '---'), ...EXCHANGE_NAMES.map(rowOf)];
  return rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function rowOf(name: ExchangeName): readonly string[] {
  const row: Exchange = PROTOCOL[name];
  const [ours, theirs] = row.starts === 'us' ? [row.request, row.reply] : [row.reply, row.request];
  const starts = row.starts === 'us' ? 'us' : 'ABDM';
  return [code(name), row.role, starts, code(ours), code(theirs), duration(row.waitSeconds), row.about];
}

const code = (text: string | undefined): string => (text === undefined ? '–' : `\`${text}\``);

function duration(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  return seconds > 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(protocolTable());
