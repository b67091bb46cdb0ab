import { Injectable } from '@nestjs/common';
import { Violations } from '../gateway/violations.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { EncryptionKeys } from './encryption-keys.js';
import { isAadhaar } from './numbers.js';
import { AbhaPeople } from './people.js';
import type { AadhaarHolder } from './person.js';

/** Reads encrypted Aadhaar numbers and looks them up in UIDAI's register. */
@Injectable()
export class AadhaarNumbers {
  constructor(
    private readonly people: AbhaPeople,
    private readonly keys: EncryptionKeys,
    private readonly refusals: AbhaRefusals,
    private readonly violations: Violations,
  ) {}

  /** @param field what the refusal blames: `loginId`, or the body's own name for the number */
  async read(call: AbhaCall, ciphertext: string, field: string): Promise<string> {
    const plain = await this.keys.decrypted(call, ciphertext);
    if (plain !== undefined && isAadhaar(plain)) return plain;
    if (plain !== undefined) {
      const about = { operationId: call.operationId, requestId: call.requestId };
      this.violations.record('aadhaar-not-checked', 'Not 12 digits with a right last one', about);
    }
    throw this.refusals.field(call.operationId, field);
  }

  async holder(call: AbhaCall, ciphertext: string, field: string): Promise<AadhaarHolder> {
    const holder = this.people.holder(await this.read(call, ciphertext, field));
    if (!holder) throw this.refusals.uidai(998, 'Invalid Aadhaar Number');
    return holder;
  }

  /** The mobile UIDAI sends the OTP to. */
  mobileOf(holder: AadhaarHolder | undefined): string {
    if (holder?.mobile === undefined) throw this.refusals.uidai(111, 'Aadhaar number does not have a mobile number.');
    return holder.mobile;
  }
}
