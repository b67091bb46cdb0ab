import type { SmsGateway } from './sms-gateway.js';
import type { Row } from './visits.js';

/** A visit as the adapter's API shows it. */
export interface VisitView {
  readonly state: string;
  readonly records: readonly { readonly hiType: string }[];
  readonly timeline: readonly { readonly step: string; readonly code: string | null; readonly en: string }[];
}

/** That somebody agreed to an ABHA, and to which words. */
export interface AbhaConsent {
  readonly version: string;
  readonly language: string;
  readonly operator: string;
  readonly givenAt: Date;
}

export interface HospitalParts {
  readonly adapterUrl: string;
  readonly apiKey: string;
  readonly hfrId: string;
  readonly smsGateway: SmsGateway;
  /** Every current record of a care context, as it was built. */
  readonly builtRecords: (careContextReference: string) => Promise<readonly string[]>;
  /** What was recorded before an ABHA was made in this session. */
  readonly consentsOf: (abhaSessionId: string) => Promise<readonly AbhaConsent[]>;
}

/** The hospital's side: posts visits, looks at them, and sends out the codes its SMS gateway is given. */
export class Hospital {
  constructor(private readonly parts: HospitalParts) {}

  get hfrId(): string {
    return this.parts.hfrId;
  }

  /** @returns the adapter's id of the visit */
  async closes(row: Row): Promise<string> {
    const { id } = await this.call<{ id: string }>('POST', 'visits', row);
    return id;
  }

  visit(id: string): Promise<VisitView> {
    return this.call('GET', `visits/${id}`);
  }

  /** GRANTED, REVOKED or EXPIRED, as staff see it; undefined: they see no such consent. */
  async consentStatus(id: string): Promise<string | undefined> {
    const answer = await this.fetch('GET', `consents/${id}`);
    if (answer.status === 404) return undefined;
    return ((await answer.json()) as { status?: string }).status;
  }

  builtRecords(careContextReference: string): Promise<readonly string[]> {
    return this.parts.builtRecords(careContextReference);
  }

  consentsOf(abhaSessionId: string): Promise<readonly AbhaConsent[]> {
    return this.parts.consentsOf(abhaSessionId);
  }

  /** Any call of the adapter’s API, with any answer. */
  ask(method: string, path: string, body?: unknown): Promise<Response> {
    return this.fetch(method, path, body);
  }

  lastCodeTo(mobile: string): string | undefined {
    return this.parts.smsGateway.lastCodeTo(mobile);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.fetch(method, path, body);
    if (!answer.ok) throw new Error(`The HIP answered ${answer.status} to ${method} ${path.split('/')[0] ?? ''}`);
    // The adapter's API is described at /docs.
    return (await answer.json()) as T;
  }

  private fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.parts.adapterUrl}/api/v1/${path}`, {
      method,
      headers: {
        'x-api-key': this.parts.apiKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
