import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusal.js';
import { AbhaClock, indianTime } from './abha-clock.js';
import { AbhaSettings } from './abha-settings.js';
import { theM1Contract } from './m1-contract.js';

/** How the ABHA service says no: the examples of m1.yaml, with the time of now. */
@Injectable()
export class AbhaRefusals {
  constructor(
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
  ) {}

  /** @param example its name among the operation's responses, e.g. `tooManyOtp` */
  as(operationId: string, example: string): Refusal {
    const { status, value } = theM1Contract().example(operationId, example);
    return new Refusal(status, this.now(value));
  }

  /** A field the operation has no words of its own for is blamed in the same form. */
  field(operationId: string, field: string): Refusal {
    if (isAddressLogin(operationId) && field === 'otpValue') return this.as(operationId, 'notBase64');
    const known = theM1Contract().exampleFor(operationId, field);
    if (known) return new Refusal(known.status, this.now(known.value));
    const message = `Invalid ${field}`;
    if (isAddressLogin(operationId)) return new Refusal(400, this.now([{ code: 'ABDM-9999: ', message }]));
    return new Refusal(400, this.now({ [field]: message, timestamp: '' }));
  }

  /** UIDAI's own words behind ABDM-1204. */
  uidai(code: number, text: string): Refusal {
    const message = `UIDAI Error code : ${code} : ${text}`;
    return new Refusal(422, this.now({ error: { code: 'ABDM-1204', message } }));
  }

  private now(value: unknown): unknown {
    const text = JSON.stringify(value, (key, inner: unknown) => {
      if (key === 'timestamp') return indianTime(this.clock.now());
      const isCode = key === 'code' && typeof inner === 'string' && inner.startsWith('ABDM-');
      return isCode && this.settings.current.trailingColon ? inner.replace(/:? ?$/, ': ') : inner;
    });
    return JSON.parse(text) as unknown;
  }
}

/** Calls below /phr/web blame fields in an array of codes. */
const isAddressLogin = (operationId: string): boolean => operationId.startsWith('address');
