import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { openDatabase } from '../persistence/open-database.js';
import { readConfig, type Config } from '../support/config.js';

type OpenedDatabase = Awaited<ReturnType<typeof openDatabase>>;

/** What a command does once the database is open. It throws an Error whose message says what to do next. */
export type Work = (database: OpenedDatabase, config: Config) => Promise<void>;

export interface Arguments {
  readonly words: readonly string[];
  /** Options with a text: `--name TEXT`. */
  readonly texts: Readonly<Record<string, string | undefined>>;
  /** Options without: `--anyway`. */
  readonly flags: ReadonlySet<string>;
}

/**
 * A command over the adapter's database: the one in `DATABASE_URL`, or the built-in one, also while the adapter runs on
 * it. `understood` turns the arguments into work; undefined: they are wrong, and the usage is shown.
 * @returns the exit code: 0, or 1 after one sentence on the error output
 */
export async function databaseCommand(
  usage: string,
  options: { readonly texts?: readonly string[]; readonly flags?: readonly string[] },
  understood: (given: Arguments) => Work | undefined,
): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    const given = argumentsIn(args, options);
    const work = given && understood(given);
    if (work === undefined) {
      console.error(usage);
      return 1;
    }
    const config = readConfig(process.env);
    const database = await openDatabase(config);
    await work(database, config).finally(() => database.close());
    return 0;
  } catch (error) {
    console.error(sentence(error));
    return 1;
  }
}

function argumentsIn(
  args: string[],
  { texts = [], flags = [] }: { readonly texts?: readonly string[]; readonly flags?: readonly string[] },
): Arguments | undefined {
  const options = {
    ...Object.fromEntries(texts.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
  };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const entries = Object.entries(values as Record<string, string | boolean>);
    return {
      words: positionals,
      texts: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      flags: new Set(entries.filter(([, value]) => value === true).map(([name]) => name)),
    };
  } catch {
    return undefined;
  }
}

/** A refused connection comes without words of its own. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return 'The command ended in a fault';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code)) {
    return `The database does not answer (${code}). Check DATABASE_URL, and that PostgreSQL runs.`;
  }
  return error.message || `The command ended in a fault ${code}`.trim();
}

/** Rows below a heading, in columns as wide as their widest text. */
export function columns(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
