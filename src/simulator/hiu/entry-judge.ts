import { Injectable } from '@nestjs/common';
import type { DateRange } from '../consent-manager/grant.js';
import type { Transfer } from '../consent-manager/transfers.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { Links } from '../linking/links.js';
import { toldBy } from './told-by.js';

/** A date without a zone, and a clock in India, may be a day off. */
const DAY_MS = 24 * 3600 * 1000;

/** Reads a decrypted entry: is it this patient's, of a kind and of a time the consent covers? */
@Injectable()
export class EntryJudge {
  constructor(
    private readonly links: Links,
    private readonly violations: Violations,
  ) {}

  read(careContextReference: string, plaintext: string, transfer: Transfer): void {
    const { abhaAddress, hipId, hiTypes } = transfer.consent.grant;
    const blame = (rule: Rule, detail: string): void =>
      this.violations.record(rule, detail, {
        operationId: 'pushHealthInformation',
        hipId,
        transactionId: transfer.transactionId,
      });

    const holders = this.links.ofContext(hipId, careContextReference).map((link) => link.abhaAddress);
    if (holders.length > 0 && !holders.includes(abhaAddress.toLowerCase())) {
      blame('push-of-another-patient', 'The care context is linked to another address only');
    }
    const { hiType, date } = toldBy(plaintext);
    if (hiType !== undefined && !hiTypes.includes(hiType)) blame('push-outside-artefact', `hiType ${hiType}`);
    // A range wider than the artefact's is never served, so the range asked for is the narrower one.
    if (date !== undefined && !isWithin(date, transfer.dateRange)) {
      blame('push-outside-artefact', 'The Composition’s date');
    }
  }
}

function isWithin(date: number, { from, to }: DateRange): boolean {
  return date >= Date.parse(from) - DAY_MS && date <= Date.parse(to) + DAY_MS;
}
