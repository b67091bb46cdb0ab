/** A person as ABDM's register holds her. */
export interface AbhaHolder {
  readonly abhaAddress: string;
  /** 14 digits. */
  readonly abhaNumber: string;
  readonly name: string;
  readonly gender: string;
  readonly yearOfBirth: number;
  readonly mobile?: string;
}

export interface CareContext {
  readonly patientReference: string;
  readonly careContextReference: string;
}

/** A care context as the patient's app shows it. */
export interface AppEntry extends CareContext {
  readonly display: string;
}

export interface Discovery {
  readonly state: 'waiting' | 'answered' | 'refused' | 'timed-out';
  readonly delivered?: number;
  readonly answerMs?: number;
  readonly offered: readonly AppEntry[];
  readonly error?: { readonly code: string };
  readonly init?: { readonly state: string; readonly linkRefNumber?: string };
  readonly confirm?: { readonly state: string; readonly linked: readonly CareContext[]; readonly error?: unknown };
}

interface Notice {
  readonly status: string;
  readonly acknowledgedAt?: string;
  readonly outcome?: string;
}

export interface Transfer {
  readonly transactionId: string;
  readonly state: 'requested' | 'acknowledged' | 'refused' | 'transferred' | 'failed';
  readonly error?: { readonly code?: string };
  readonly entries: readonly {
    readonly careContextReference: string;
    readonly plaintext: string;
    readonly checksumMatches: boolean;
  }[];
  readonly notify?: {
    readonly statusNotification: {
      readonly sessionStatus: string;
      readonly statusResponses: readonly { readonly careContextReference: string; readonly hiStatus: string }[];
    };
  };
  readonly requestedAt?: string;
  readonly closedAt?: string;
}

export interface LoggedMessage {
  readonly direction: 'in' | 'out';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly at: string;
  readonly milliseconds: number;
  readonly requestId?: string;
  readonly body?: unknown;
}

export interface Sms {
  readonly phoneNo: string;
  readonly hipId: string;
  readonly outcome?: string;
}

/** What a consent is granted for; the rest as the simulator fills it in: 20 years, 30 days, by the patient herself. */
export interface Grant {
  readonly abhaAddress: string;
  readonly careContexts: readonly CareContext[];
  readonly hiTypes: readonly string[];
  readonly hiuId?: string;
  readonly dataEraseAt?: string;
  readonly dateRange?: { readonly from: string; readonly to: string };
  /** `repeats` requests in each `value` × `unit`. */
  readonly frequency?: { readonly unit: 'HOUR' | 'DAY'; readonly value: number; readonly repeats: number };
  /** The HIP is not told. */
  readonly silent?: boolean;
}

/** ABDM, the patient's app and an HIU: the simulator, by its control API. */
export class Abdm {
  /** `patienceMs`: how long a person waits for what should come by itself. */
  constructor(
    readonly url: string,
    readonly hipId: string,
    private readonly patienceMs: number,
  ) {}

  async knows(holder: AbhaHolder): Promise<void> {
    await this.call('POST', 'patients', holder);
  }

  entriesOf(abhaAddress: string): Promise<readonly (AppEntry & { readonly hipId: string })[]> {
    return this.call('GET', `patients/${encodeURIComponent(abhaAddress)}/care-contexts`);
  }

  /** What this HIP has linked to her. */
  async linkedHere(abhaAddress: string): Promise<readonly AppEntry[]> {
    return (await this.entriesOf(abhaAddress)).filter((one) => one.hipId === this.hipId);
  }

  async discovers(abhaAddress: string): Promise<{ transactionId: string; delivered: number; found: Discovery }> {
    const path = `patients/${encodeURIComponent(abhaAddress)}/discover`;
    const asked: { transactionId: string; delivered: number } = await this.call('POST', path, { hipId: this.hipId });
    const found = await this.eventually(
      () => this.discovery(asked.transactionId),
      ({ state }) => state !== 'waiting',
    );
    return { ...asked, found };
  }

  discovery(transactionId: string): Promise<Discovery> {
    return this.call('GET', `discoveries/${transactionId}`);
  }

  /** She chooses; waits for the link reference. */
  async chooses(transactionId: string, careContexts: readonly string[]): Promise<Discovery> {
    await this.call('POST', `discoveries/${transactionId}/init`, { careContexts });
    return this.eventually(
      () => this.discovery(transactionId),
      ({ init }) => init !== undefined && init.state !== 'waiting',
    );
  }

  /** She types the code; waits for the answer. */
  async types(transactionId: string, token: string): Promise<Discovery> {
    await this.call('POST', `discoveries/${transactionId}/confirm`, { token });
    return this.eventually(
      () => this.discovery(transactionId),
      ({ confirm }) => confirm !== undefined && confirm.state !== 'waiting',
    );
  }

  /** @returns the consent's id; the HIP is told by and by */
  async grant(grant: Grant): Promise<string> {
    const { consentId }: { consentId: string } = await this.call('POST', 'consents', { ...grant, hipId: this.hipId });
    return consentId;
  }

  async ends(consentId: string, how: 'revoke' | 'expire'): Promise<void> {
    await this.call('POST', `consents/${consentId}/${how}`, {});
  }

  /** What the HIP answered to its notice: `OK`, a code, or undefined when nothing came. */
  async acknowledged(consentId: string, status: 'GRANTED' | 'REVOKED' | 'EXPIRED'): Promise<string | undefined> {
    const { notices } = await this.eventually(
      () => this.call<{ notices: readonly Notice[] }>('GET', `consents/${consentId}`),
      (consent) => consent.notices.some((one) => one.status === status && one.outcome !== undefined),
    );
    return notices.find((one) => one.status === status)?.outcome;
  }

  /** Asks for records, also where the consent manager would not; waits for the end of the transfer. */
  async requests(consentId: string, wishes: object = {}): Promise<Transfer> {
    const path = `consents/${consentId}/request`;
    const { transactionId }: { transactionId: string } = await this.call('POST', path, { force: true, ...wishes });
    return this.eventually(
      () => this.call<Transfer>('GET', `transfers/${transactionId}`),
      ({ state }) => state === 'refused' || state === 'transferred' || state === 'failed',
    );
  }

  /** The patient's app fetches all that is linked here. */
  async pulls(abhaAddress: string): Promise<Transfer | undefined> {
    const path = `patients/${encodeURIComponent(abhaAddress)}/pull`;
    const [pulled] = await this.call<{ transactionId: string }[]>('POST', path, { hipId: this.hipId });
    if (pulled === undefined) return undefined;
    return this.eventually(
      () => this.call<Transfer>('GET', `transfers/${pulled.transactionId}`),
      ({ state }) => state === 'refused' || state === 'transferred' || state === 'failed',
    );
  }

  async deactivates(abhaAddress: string): Promise<void> {
    await this.call('POST', `patients/${encodeURIComponent(abhaAddress)}/deactivate`, { hipIds: [this.hipId] });
  }

  statusNotices(abhaAddress: string): Promise<readonly { delivered: number; acknowledgedAt?: string }[]> {
    return this.call('GET', `patients/${encodeURIComponent(abhaAddress)}/status-notices`);
  }

  async smsTo(phoneNo: string): Promise<readonly Sms[]> {
    return (await this.call<readonly Sms[]>('GET', 'sms')).filter((one) => one.phoneNo === phoneNo);
  }

  async nextLinkIsRefused(code: string, message: string): Promise<void> {
    await this.call('POST', 'faults', { operationId: 'linkCareContexts', status: 400, body: { code, message } });
  }

  async behaves(settings: object): Promise<void> {
    await this.call('POST', 'settings', settings);
  }

  messages(): Promise<readonly LoggedMessage[]> {
    return this.call('GET', 'messages');
  }

  violations(): Promise<readonly { readonly rule: string }[]> {
    return this.call('GET', 'violations');
  }

  /** Looks again until it is so, or nobody would wait longer; gives what was seen last. */
  async eventually<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
    const giveUpAt = Date.now() + this.patienceMs;
    for (;;) {
      const seen = await look();
      if (isSo(seen) || Date.now() > giveUpAt) return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${method} ${path.split('/')[0] ?? ''}`);
    // The simulator's control API is described in src/simulator/control/.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
