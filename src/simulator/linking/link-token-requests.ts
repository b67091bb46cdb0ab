import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { type ClaimedIdentity, digits, isSamePerson, type Patient, Patients } from '../patient-app/patients.js';
import { Settings } from '../settings.js';
import { KnownHips } from './known-hips.js';
import { LinkTokens } from './link-tokens.js';
import { DailyCounts, RecentRequests } from './recent-requests.js';

const OPERATION = 'generateLinkToken';

/** generate-token: a demographic match, answered by a link token or the reason there is none. */
@Injectable()
export class LinkTokenRequests {
  private readonly recent = new RecentRequests();
  private readonly today = new DailyCounts();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly hips: KnownHips,
    private readonly patients: Patients,
    private readonly tokens: LinkTokens,
    private readonly callbacks: Callbacks,
  ) {}

  ask(call: AbdmCall<ClaimedIdentity>): void {
    const hipId = this.hips.of(call, this.contract.refusal(OPERATION, 'ABDM-1035'));
    const claim = call.body;
    // A refused request is remembered too, so the second try hides the first reason (seen in the sandbox).
    if (this.recent.isRepeat(`${hipId}|${sameRequest(claim)}`, this.settings.current.dedupeWindowMs)) {
      throw this.contract.refusal(OPERATION, 'ABDM-1092');
    }
    const patient = this.patients.claimed(claim);
    if (!patient) throw this.contract.refusal(OPERATION, 'ABDM-9999', 'User not found');
    const isBlocked = this.today.add(`${hipId}|${patient.abhaAddress}`) > this.settings.current.tokensPerDay;
    this.callbacks.answer(call, 'onGenerateToken', () => ({
      abhaAddress: claim.abhaAddress ?? patient.abhaAddress,
      ...this.outcome(hipId, patient, claim, isBlocked),
      response: { requestId: call.requestId },
    }));
  }

  private outcome(hipId: string, patient: Patient, claim: ClaimedIdentity, isBlocked: boolean) {
    if (isBlocked) return { error: this.contract.callbackError(OPERATION, 'ABDM-1027') };
    if (!isSamePerson(patient, claim)) return { error: this.contract.callbackError(OPERATION, 'ABDM-1207') };
    const abhaNumber = claim.abhaNumber === undefined ? undefined : digits(claim.abhaNumber);
    return { linkToken: this.tokens.issue(hipId, patient.abhaAddress, abhaNumber) };
  }
}

function sameRequest(claim: ClaimedIdentity): string {
  return JSON.stringify([claim.abhaAddress, claim.abhaNumber, claim.name, claim.gender, claim.yearOfBirth]);
}
