import { Injectable } from '@nestjs/common';
import type { Refusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Clients } from '../gateway/clients.js';
import { Violations } from '../gateway/violations.js';

@Injectable()
export class KnownHips {
  constructor(
    private readonly clients: Clients,
    private readonly violations: Violations,
  ) {}

  /** The HIP a call speaks for: it must be a facility of the calling bridge. */
  of(call: AbdmCall, refusal: Refusal): string {
    const facility = this.clients.facility(call.hipId);
    if (facility?.clientId !== call.clientId) throw refusal;
    return facility.id;
  }

  /** Where the body names the HIP too, both must be the same. */
  mustBe(call: AbdmCall, hipIdInBody: string): void {
    if (call.hipId === hipIdInBody) return;
    const { operationId, requestId, hipId } = call;
    this.violations.record('hip-id-wrong', 'Header and body name two HIPs', { operationId, requestId, hipId });
  }
}
