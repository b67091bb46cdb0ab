/** The simulator's control API, as the demo uses it. */
export class SimulatedAbdm {
  constructor(readonly url: string) {}

  async client(clientId: string, clientSecret: string, bridgeUrl: string): Promise<void> {
    await this.call('POST', '/simulator/clients', { clientId, clientSecret, bridgeUrl });
  }

  async facility(id: string, name: string, clientId: string): Promise<void> {
    await this.call('POST', '/simulator/facilities', { id, name, clientId });
  }

  async patients(patients: readonly object[]): Promise<void> {
    if (patients.length > 0) await this.call('POST', '/simulator/patients', patients);
  }

  /** So many invented people scan these codes in turn. Resolves when all were answered, or ABDM gave up on them. */
  async crowdScans(crowd: { qrs: readonly string[]; people: number; perSecond: number }): Promise<CrowdSummary> {
    const { qrs, people: invented, perSecond } = crowd;
    const { tookMs, summary, shares } = (await this.call('POST', '/simulator/scans', {
      qrs,
      invented,
      perSecond,
      wait: true,
    })) as { tookMs: number; summary: ShareSummary; shares: readonly { tokenNumber: string | null }[] };
    return {
      tookMs,
      answered: summary.byStatus['answered'] ?? 0,
      slowestMs: summary.slowestMs,
      medianMs: summary.medianMs,
      p99Ms: summary.p99Ms,
      missing: summary.counters.reduce((sum, { missing }) => sum + missing, 0),
      doubles: summary.counters.reduce(
        (sum, { given }) => sum - given,
        shares.filter((one) => one.tokenNumber !== null).length,
      ),
    };
  }

  links(): Promise<readonly Link[]> {
    return this.call('GET', '/simulator/links') as Promise<readonly Link[]>;
  }

  violations(): Promise<readonly { rule: string; detail: string }[]> {
    return this.call('GET', '/simulator/violations') as Promise<readonly { rule: string; detail: string }[]>;
  }

  /** The patient's app asks for all that is linked, one transfer a facility. */
  pull(abhaAddress: string): Promise<readonly Pulled[]> {
    const path = `/simulator/patients/${encodeURIComponent(abhaAddress)}/pull`;
    return this.call('POST', path, {}) as Promise<readonly Pulled[]>;
  }

  async consent(abhaAddress: string, hipId: string): Promise<string> {
    const { consentId } = (await this.call('POST', '/simulator/consents', { abhaAddress, hipId })) as {
      consentId: string;
    };
    return consentId;
  }

  async revoke(consentId: string): Promise<void> {
    await this.call('POST', `/simulator/consents/${consentId}/revoke`, {});
  }

  async isAcknowledged(consentId: string, status: 'GRANTED' | 'REVOKED'): Promise<boolean> {
    const consent = (await this.call('GET', `/simulator/consents/${consentId}`)) as {
      acknowledgements: Partial<Record<string, { acknowledgedAt?: string | null }>>;
    };
    return Boolean(consent.acknowledgements[status]?.acknowledgedAt);
  }

  /** Without what it brought. */
  async transferState({ consentId, transactionId }: Pulled): Promise<SimulatedTransfer['state'] | undefined> {
    const { transfers } = (await this.call('GET', `/simulator/consents/${consentId}`)) as {
      transfers: readonly Pick<SimulatedTransfer & Pulled, 'state' | 'transactionId'>[];
    };
    return transfers.find((transfer) => transfer.transactionId === transactionId)?.state;
  }

  async request(consentId: string): Promise<string> {
    const answer = await this.call('POST', `/simulator/consents/${consentId}/request`, { force: true });
    return (answer as { transactionId: string }).transactionId;
  }

  transfer(transactionId: string): Promise<SimulatedTransfer> {
    return this.call('GET', `/simulator/transfers/${transactionId}`) as Promise<SimulatedTransfer>;
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(
        `The simulator answered ${answer.status} to ${method} ${path.split('/')[2] ?? ''}: ${text.slice(0, 300)}`,
      );
    return text === '' ? undefined : JSON.parse(text);
  }
}

interface ShareSummary {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly slowestMs: number | null;
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  readonly counters: readonly { readonly given: number; readonly missing: number }[];
}

/** What of a crowd's scans became. Milliseconds from ABDM's callback to our answer. */
export interface CrowdSummary {
  readonly tookMs: number;
  readonly answered: number;
  readonly slowestMs: number | null;
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  /** Numbers between 1 and the highest of a counter that nobody has, and numbers that two have. */
  readonly missing: number;
  readonly doubles: number;
}

export interface Link {
  readonly abhaAddress: string;
  readonly hipId: string;
  readonly careContextReference: string;
  readonly timesLinked: number;
}

export interface Pulled {
  readonly consentId: string;
  readonly transactionId: string;
  readonly hipId: string;
}

export interface SimulatedTransfer {
  readonly state: 'requested' | 'acknowledged' | 'refused' | 'transferred' | 'failed';
  readonly entries: readonly {
    readonly careContextReference: string;
    readonly plaintext: string;
    readonly checksumMatches: boolean;
  }[];
}
