import type { Transfer } from '../abdm.js';
import type { Notes, Scene, Theatre } from '../scene.js';
import { aLinkedSubject, documentIn, granted, grantOf, type Subject } from '../subjects.js';
import { isRefused } from './consents.js';

const DAY_MS = 24 * 3_600_000;
const WITHIN_MS = 20 * 60_000;
const SHARE = 'HIP_INIT_SHARE_CARECONTEXT';

const REQUEST = ['healthInformationRequest', 'onHealthInformationRequest', 'pushHealthInformation'] as const;

/** "Get data": what the consent covers arrives, whole and readable, and both sides close the transfer. */
export const transfers: Scene = {
  title: 'Records asked for under a valid consent',
  cases: {
    [SHARE]: [...REQUEST, 'notifyHealthInformation'],
    DAT_03: ['pushHealthInformation'],
    DAT_05: ['healthInformationRequest', 'notifyHealthInformation'],
  },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const subject = await aLinkedSubject(theatre, notes);
    const { consentId, outcome } = await granted(theatre, notes, subject, { hiuId: 'IN-HIU-CERTIFY' });
    notes.fact(SHARE, 'The consent was acknowledged', outcome === 'OK');
    const transfer = await theatre.abdm.requests(consentId, { hiuId: 'IN-HIU-CERTIFY' });
    notes.about(transfer.transactionId);
    const { entries } = transfer;
    const references = subject.careContexts.map((one) => one.careContextReference);
    notes.fact(SHARE, 'The request was acknowledged, and records were pushed', entries.length > 0);
    notes.fact(
      SHARE,
      'Only care contexts and types of the consent were sent',
      entries.every(
        (one) =>
          references.includes(one.careContextReference) && subject.hiTypes.includes(documentIn(one.plaintext).hiType),
      ),
    );
    notes.fact(
      SHARE,
      'The requester decrypted each, and it is a FHIR document',
      entries.length > 0 && entries.every((one) => documentIn(one.plaintext).isDocument),
    );
    notes.fact(SHARE, 'The transfer was done inside 20 minutes', tookMs(transfer) <= WITHIN_MS);
    notes.fact('DAT_03', 'Each entry was decrypted with the requester’s private key', entries.length > 0);
    notes.fact(
      'DAT_03',
      'The checksum is the MD5 of what was decrypted',
      entries.every((one) => one.checksumMatches),
    );
    const { hospital } = theatre;
    if (hospital !== undefined) {
      const built = await Promise.all(references.map((one) => hospital.builtRecords(one)));
      const received = entries.map((one) => one.plaintext);
      notes.fact('DAT_03', 'It is byte for byte what the HIP had built', areSame(built.flat(), received));
    }
    const told = transfer.notify?.statusNotification;
    notes.fact(
      'DAT_05',
      'The HIP told ABDM that the transfer is done (TRANSFERRED)',
      told?.sessionStatus === 'TRANSFERRED',
    );
    notes.fact(
      'DAT_05',
      'It told so of every care context (DELIVERED)',
      references.every((one) =>
        told?.statusResponses.some((status) => status.careContextReference === one && status.hiStatus === 'DELIVERED'),
      ),
    );
    notes.fact('DAT_05', 'It did so inside 20 minutes', tookMs(transfer) <= WITHIN_MS);
  },
};

/** Requests that no consent allows: nothing may leave. */
export const requestsOutsideConsent: Scene = {
  title: 'Requests outside the consent',
  cases: { DAT_02: [...REQUEST] },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const subject = await aLinkedSubject(theatre, notes);
    const now = Date.now();
    const lastWeek = { from: new Date(now - 7 * DAY_MS).toISOString(), to: new Date(now).toISOString() };
    const wider = { from: new Date(now - 400 * DAY_MS).toISOString(), to: new Date(now).toISOString() };
    const narrow = await granted(theatre, notes, subject, { hiuId: 'IN-HIU-CERTIFY', dateRange: lastWeek });
    const asks = async (consentId: string, wishes: object): Promise<Transfer> => {
      const transfer = await theatre.abdm.requests(consentId, wishes);
      notes.about(transfer.transactionId);
      return transfer;
    };
    // A HIP that refuses everything keeps no consent.
    const inside = await asks(narrow.consentId, {});
    notes.fact('DAT_02', 'A request within the consent: records came', inside.entries.length > 0);
    judge(notes, 'Dates beyond the consent’s', await asks(narrow.consentId, { dateRange: wider }), ['ABDM-1063']);
    judge(notes, 'Another HIU than the consent’s', await asks(narrow.consentId, { hiuId: 'IN-HIU-OTHER' }), [
      'ABDM-1062',
      'ABDM-1112',
    ]);
    // One the HIP was never told of.
    const unheard = await theatre.abdm.grant({ ...grantOf(subject), silent: true });
    notes.about(unheard);
    judge(notes, 'A consent the HIP knows nothing of', await asks(unheard, {}), ['ABDM-1062', 'ABDM-1112']);
    await someTypesOnly(theatre, notes, subject, asks);
    await onceAnHour(theatre, notes, subject, asks);

    await theatre.abdm.ends(narrow.consentId, 'revoke');
    await theatre.abdm.acknowledged(narrow.consentId, 'REVOKED');
    judge(notes, 'A revoked consent', await asks(narrow.consentId, {}), ['ABDM-1062', 'ABDM-1112']);
    const soon = new Date(Date.now() + 3_000).toISOString();
    const lapsing = await granted(theatre, notes, subject, { dataEraseAt: soon });
    await new Promise((resolve) => setTimeout(resolve, Date.parse(soon) - Date.now()));
    judge(notes, 'An expired consent', await asks(lapsing.consentId, {}), ['ABDM-1061', 'ABDM-1112']);
  },
};

/** A request names no types: the consent does, and the others must stay where they are. */
async function someTypesOnly(
  theatre: Theatre,
  notes: Notes,
  subject: Subject,
  asks: (consentId: string, wishes: object) => Promise<Transfer>,
): Promise<void> {
  const hiTypes = subject.hiTypes.slice(0, 1);
  const { consentId } = await granted(theatre, notes, subject, { hiTypes });
  const { entries } = await asks(consentId, {});
  const isAllowed = entries.every((one) => hiTypes.includes(documentIn(one.plaintext).hiType));
  // Another HIP’s patient need not have a record of this type.
  const isAny = entries.length > 0 || theatre.hospital === undefined;
  notes.fact(
    'DAT_02',
    `A consent for ${hiTypes.join()} only: records of other types were not sent`,
    isAllowed && isAny,
  );
}

/** Nothing published asks a HIP to count requests: the consent manager does. Only this adapter is held to it. */
async function onceAnHour(
  theatre: Theatre,
  notes: Notes,
  subject: Subject,
  asks: (consentId: string, wishes: object) => Promise<Transfer>,
): Promise<void> {
  if (theatre.hospital === undefined) return;
  const frequency = { unit: 'HOUR', value: 1, repeats: 1 } as const;
  const { consentId } = await granted(theatre, notes, subject, { frequency });
  const first = await asks(consentId, {});
  notes.fact('DAT_02', 'A consent for one request an hour: with the first, records came', first.entries.length > 0);
  judge(notes, 'A frequency that is used up', await asks(consentId, {}), ['ABDM-1022', 'ABDM-2429']);
}

function judge(notes: Notes, what: string, transfer: Transfer, codes: readonly string[]): void {
  notes.fact('DAT_02', `${what}: refused, and nothing was sent`, isRefused(transfer));
  const code = /^ABDM-\d{4}/.exec(transfer.error?.code ?? '')?.[0] ?? 'none';
  notes.fact('DAT_02', `${what}: answered with ${codes.join(' or ')} (came: ${code})`, codes.includes(code));
}

function tookMs({ requestedAt, closedAt }: Transfer): number {
  return requestedAt === undefined || closedAt === undefined
    ? Infinity
    : Date.parse(closedAt) - Date.parse(requestedAt);
}

const areSame = (built: readonly string[], received: readonly string[]): boolean =>
  built.length > 0 && JSON.stringify(built.toSorted()) === JSON.stringify(received.toSorted());
