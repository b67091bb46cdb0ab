import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';

/** Calls that only approved government programmes may make. */
@Injectable()
export class Benefits {
  constructor(
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
  ) {}

  check(call: AbhaCall): void {
    if (call.benefitName === undefined) throw this.refusals.as('enrolByAadhaar', 'restricted');
    if (!this.settings.current.benefitNames.includes(call.benefitName)) {
      throw this.refusals.as('enrolByAadhaar', 'benefit');
    }
  }
}
