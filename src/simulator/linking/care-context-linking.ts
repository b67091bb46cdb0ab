import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { accessDenied, flatRefusal, type Refusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { digits, Patients } from '../patient-app/patients.js';
import { type LinkTokenClaims, LinkTokens } from './link-tokens.js';
import { Links, type NewLink } from './links.js';

export interface LinkRequest {
  readonly abhaNumber?: string | number;
  readonly abhaAddress: string;
  readonly patient: readonly {
    readonly referenceNumber: string;
    readonly display: string;
    readonly careContexts: readonly { readonly referenceNumber: string; readonly display: string }[];
    readonly hiType: string;
    readonly count: number;
  }[];
}

const OPERATION = 'linkCareContexts';

/** link/carecontext: what is linked appears in the patient's app. */
@Injectable()
export class CareContextLinking {
  /** Requests that are being linked or have been, by HIP and body. */
  private readonly taken = new Set<string>();

  constructor(
    private readonly contract: Contract,
    private readonly patients: Patients,
    private readonly tokens: LinkTokens,
    private readonly links: Links,
    private readonly callbacks: Callbacks,
  ) {}

  ask(call: AbdmCall<LinkRequest>): void {
    const claims = this.tokens.read(call.linkToken ?? '');
    const hipId = call.hipId;
    if (!claims) throw this.refusal('ABDM-1066');
    if (hipId === undefined) throw accessDenied();
    this.checkToken(call.body, hipId, claims);
    if (this.patients.withAddress(claims.abhaAddress)?.isDeactivated) throw this.refusal('ABDM-1031');
    const entries = linksIn(call.body, hipId);
    const request = `${hipId}|${createHash('sha1').update(JSON.stringify(call.body)).digest('base64')}`;
    if (this.taken.has(request)) {
      this.links.askedAgain(entries);
      throw this.refusal('ABDM-1090');
    }
    this.taken.add(request);
    this.callbacks.answer(call, 'onCareContextLinked', () => {
      const error = this.link(call.body, entries);
      if (error) this.taken.delete(request);
      const outcome = error ? { error } : { status: 'Successfully Linked care context' };
      return { abhaAddress: call.body.abhaAddress, ...outcome, response: { requestId: call.requestId } };
    });
  }

  private checkToken(body: LinkRequest, hipId: string, claims: LinkTokenClaims): void {
    if (claims.exp * 1000 < Date.now()) throw flatRefusal(400, 'ABDM-1026', 'Invalid Link Token');
    if (claims.hipId !== hipId) throw this.refusal('ABDM-1063');
    if (claims.abhaAddress !== body.abhaAddress.toLowerCase()) throw this.refusal('ABDM-1038');
    const abhaNumber = body.abhaNumber === undefined ? undefined : digits(body.abhaNumber);
    // Sent with one and not with the other is a mismatch as well.
    if (claims.abhaNumber !== abhaNumber) throw this.refusal('ABDM-1062');
  }

  private link(body: LinkRequest, entries: readonly NewLink[]): { code: string; message: string } | undefined {
    const isMiscounted = body.patient.some((one) => one.count !== one.careContexts.length);
    if (isMiscounted) return this.contract.callbackError(OPERATION, 'ABDM-1037');
    const fresh = entries.filter((one) => !this.links.isLinked(one));
    if (fresh.length === 0) {
      this.links.askedAgain(entries);
      return this.contract.callbackError(OPERATION, 'ABDM-1056');
    }
    this.links.add(fresh);
    return undefined;
  }

  private refusal(code: string): Refusal {
    return this.contract.refusal(OPERATION, code);
  }
}

function linksIn(body: LinkRequest, hipId: string): NewLink[] {
  return body.patient.flatMap((patient) =>
    patient.careContexts.map((careContext) => ({
      abhaAddress: body.abhaAddress,
      hipId,
      patientReference: patient.referenceNumber,
      careContextReference: careContext.referenceNumber,
      display: careContext.display,
      hiType: patient.hiType,
    })),
  );
}
