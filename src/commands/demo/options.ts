import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFile } from '../../support/project-file.js';

export interface DemoOptions {
  readonly feed: string;
  readonly out: string | undefined;
  readonly stays: boolean;
  readonly crashes: boolean;
}

export const DEMO_USAGE = `npm run demo -- [options]

A day of OPD visits, from the hospital to the patients' apps, against a simulator of ABDM. Needs nothing but Node and npm.

  --feed FILE   another day: visits in e-Hospital's columns, one JSON object a line
  --out DIR     write every record as it was built and as the app decrypted it
  --crash       kill the adapter (SIGKILL) in mid-day, start it again, and demand the same end
  --stay        leave everything running at the end and print where it is
`;

/** @throws Error for an option that is not known */
export function readOptions(args: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      feed: { type: 'string' },
      out: { type: 'string' },
      stay: { type: 'boolean', default: false },
      crash: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    feed: values.feed === undefined ? projectFile('config/demo/opd-day.ndjson') : resolve(values.feed),
    out: values.out === undefined ? undefined : resolve(values.out),
    stays: values.stay,
    crashes: values.crash,
  };
}
