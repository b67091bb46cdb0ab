import { Injectable } from '@nestjs/common';
import { Consents } from '../consent-manager/consents.js';
import type { DateRange, Grant } from '../consent-manager/grant.js';
import { Transfers } from '../consent-manager/transfers.js';
import { type Link, Links } from '../linking/links.js';

export interface Pulled {
  readonly consentId: string;
  readonly transactionId: string;
  readonly hipId: string;
}

const DAY_MS = 24 * 3600 * 1000;

/** What the patient does with her phone: see linked records and fetch them (self-requested consent, PATRQT). */
@Injectable()
export class PatientApp {
  constructor(
    private readonly links: Links,
    private readonly consents: Consents,
    private readonly transfers: Transfers,
  ) {}

  /** One consent per HIP for everything linked there, and a request under each. Returns when the requests are sent. */
  pull(abhaAddress: string, hipId?: string, dateRange?: DateRange): Promise<Pulled[]> {
    const links = this.links.of(abhaAddress).filter((link) => hipId === undefined || link.hipId === hipId);
    const hipIds = [...new Set(links.map((link) => link.hipId))];
    return Promise.all(
      hipIds.map((one) =>
        this.pullFrom(
          abhaAddress,
          one,
          links.filter((link) => link.hipId === one),
          dateRange,
        ),
      ),
    );
  }

  pullQuietly(abhaAddress: string, hipId: string, links: readonly Link[]): void {
    void this.pullFrom(abhaAddress, hipId, links);
  }

  private async pullFrom(
    abhaAddress: string,
    hipId: string,
    links: readonly Link[],
    dateRange?: DateRange,
  ): Promise<Pulled> {
    const consent = this.consents.grant(this.everything(abhaAddress, hipId, links, dateRange));
    const { transactionId } = await this.transfers.request(consent);
    return { consentId: consent.consentId, transactionId, hipId };
  }

  /** A grant over these links: all their hiTypes, twenty years back, for a month. */
  everything(abhaAddress: string, hipId: string, links: readonly Link[], dateRange?: DateRange): Grant {
    const now = Date.now();
    return {
      abhaAddress,
      hipId,
      careContexts: links.map(({ patientReference, careContextReference }) => ({
        patientReference,
        careContextReference,
      })),
      hiTypes: [...new Set(links.flatMap((link) => [...link.hiTypes]))],
      dateRange: dateRange ?? { from: isoAt(now - 20 * 365 * DAY_MS), to: isoAt(now) },
      dataEraseAt: isoAt(now + 30 * DAY_MS),
      frequency: { unit: 'HOUR', value: 1, repeats: 0 },
      purpose: 'PATRQT',
    };
  }
}

const isoAt = (time: number): string => new Date(time).toISOString();
