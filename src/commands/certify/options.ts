import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CareContext } from './abdm.js';
import type { GivenPatient } from './scene.js';
import { BOTH_MILESTONES, type Milestone } from './sheets.js';

export const CERTIFY_USAGE = `npm run certify -- [options]

Plays every case of ABDM's test sheets for Milestone 1 (ABHA, scan and share) and Milestone 2 (linking and sharing records)
against the adapter and a simulator of ABDM, and writes report.html and report.json. Ends with 0 when no mandatory case
failed, 1 when one did. Needs nothing but Node and npm.

  --milestone 1|2      that one only; Milestone 1 waits two minutes, as OTPs may be sent again after 60 seconds
  --out DIR            where the report goes (.data/certify)
  --patience SECONDS   how long to wait for what should come by itself (60)

Another HIP instead of this adapter. The simulator plays ABDM, so that HIP must have it as its gateway; visits cannot be
posted there, and what needs the hospital's side is reported as "not played":

  --against URL        base URL of the HIP, to which ABDM's callbacks go
  --hip ID             its HIP id
  --client-id ID       its client id at the gateway (ABDM_CLIENT_ID)
                       its secret: ABDM_CLIENT_SECRET in the environment, or one is made and printed
  --abha ADDRESS       a patient of that HIP, invented; she is known to it by
  --abha-number, --name, --gender (M, F, O), --year-of-birth, --mobile
                       She needs two visits there: one that is not linked, to be found with her app, and another with
                       records that is linked. The simulator starts without any link: the HIP links the second once it
                       runs with it
  --care-context REF   PATIENT=CARECONTEXT, the references of her linked visit, never those of the one that is not linked;
                       may be given several times (all of hers that the HIP has linked). Until ABDM, here the simulator,
                       knows it as linked, what needs it is "not played"
  --port PORT          where the simulator listens (4100)
  --host ADDRESS       on which address (127.0.0.1)
  --public-url URL     how the HIP reaches the simulator, when that differs
`;

const DEFAULT_PORT = '4100';
const DEFAULT_PATIENCE_SECONDS = '60'; // as long as a consent may wait for its acknowledgement

export interface AgainstOptions {
  readonly hipUrl: string;
  readonly hipId: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly patient: GivenPatient;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
}

export interface CertifyOptions {
  readonly out: string;
  readonly patienceMs: number;
  readonly milestones: readonly Milestone[];
  /** Undefined: this adapter. */
  readonly against: AgainstOptions | undefined;
}

/** @throws Error with a sentence that says what is expected */
export function readOptions(
  args: readonly string[],
  client: { readonly id: string | undefined; readonly secret: string | undefined },
): CertifyOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: text,
      patience: text,
      milestone: text,
      against: text,
      hip: text,
      'client-id': text,
      abha: text,
      'abha-number': text,
      name: text,
      gender: text,
      'year-of-birth': text,
      mobile: text,
      'care-context': { type: 'string', multiple: true },
      port: text,
      host: text,
      'public-url': text,
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { out, patience, milestone, against, 'care-context': contexts = [], ...rest } = values;
  const given = rest as Readonly<Record<string, string | boolean | undefined>>;
  const must = (name: string): string => {
    const value = given[name];
    if (typeof value !== 'string' || value === '') throw new Error(`--${name} is needed with --against`);
    return value;
  };
  const always = {
    out: resolve(out ?? '.data/certify'),
    patienceMs: 1_000 * wholeNumber('patience', patience ?? DEFAULT_PATIENCE_SECONDS),
    milestones: milestone === undefined ? BOTH_MILESTONES : [milestoneNamed(milestone)],
  };
  if (against === undefined) {
    const alone = Object.keys(values).filter((name) => !['out', 'patience', 'milestone', 'help'].includes(name));
    if (alone.length > 0) throw new Error(`--${alone.join(', --')}: only with --against`);
    return { ...always, against: undefined };
  }
  if (!/^https?:$/.test(URL.canParse(against) ? new URL(against).protocol : ''))
    throw new Error('--against: a URL with http:// or https:// is expected');
  return {
    ...always,
    against: {
      hipUrl: against.replace(/\/+$/, ''),
      hipId: must('hip'),
      clientId: values['client-id'] ?? client.id ?? must('client-id'),
      clientSecret: client.secret,
      port: wholeNumber('port', values.port ?? DEFAULT_PORT),
      host: values.host ?? '127.0.0.1',
      publicUrl: values['public-url'],
      patient: {
        holder: {
          abhaAddress: must('abha'),
          abhaNumber: must('abha-number'),
          name: must('name'),
          gender: must('gender'),
          yearOfBirth: wholeNumber('year-of-birth', must('year-of-birth')),
          ...(values.mobile === undefined ? {} : { mobile: values.mobile }),
        },
        careContexts: contexts.map(careContext),
      },
    },
  };
}

function milestoneNamed(text: string): Milestone {
  if (text !== '1' && text !== '2') throw new Error('--milestone: 1 or 2 is expected');
  return text === '1' ? 1 : 2;
}

function careContext(text: string): CareContext {
  const [, patientReference, careContextReference] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (patientReference === undefined || careContextReference === undefined)
    throw new Error('--care-context: PATIENT=CARECONTEXT is expected');
  return { patientReference, careContextReference };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Error(`--${name}: a number is expected`);
  return Number(text);
}
