import { Injectable } from '@nestjs/common';

const DEFAULTS = {
  /** A second OTP in one transaction may be asked for after. Refused earlier, with ABDM-1100. */
  resendSeconds: 60,
  /** The first OTP and two more; then ABDM-1100. */
  sendsPerTransaction: 3,
  /** Wrong tries until the transaction is locked (ABDM-1100). NHA publishes no number. */
  triesPerTransaction: 5,
  /** An OTP, and a transaction in which nothing happens, live so long. Published only for face and find. */
  transactionSeconds: 600,
  /** Login has no transaction to resend in; its sends are counted per identifier, and forgotten after. */
  lockSeconds: 1800,
  transferTokenSeconds: 300,
  userTokenSeconds: 1800,
  refreshTokenSeconds: 1_296_000,
  accountsPerMobile: 6,
  addressesPerAccount: 6,
  childrenPerParent: 4,
  accountsPerClient: 100_000,
  /** Whoever sends none of these as BENEFIT_NAME has no entitlement. */
  benefitNames: ['healthid api'],
  /** Wrong Aadhaar OTP at login: both have been seen. `failed`: 200 with authResult; `refused`: 422 ABDM-1204. */
  wrongAadhaarOtpAtLogin: 'failed' as 'failed' | 'refused',
  /** Every code is spelled `ABDM-1114: `, as parts of the real service do. */
  trailingColon: false,
  /** 2048 makes a key in a tenth of the time; the real service has 4096. Counts from the next key on. */
  keyBits: 4096,
  /** A TIMESTAMP further off is refused. 0: never, as tests move the adapter's clock. */
  clockDriftSeconds: 0,
};

export type AbhaSettingValues = typeof DEFAULTS;

/** What can be turned at the ABHA service (`POST /simulator/abha/settings`). */
@Injectable()
export class AbhaSettings {
  private values: AbhaSettingValues = { ...DEFAULTS };

  get current(): Readonly<AbhaSettingValues> {
    return this.values;
  }

  change(changes: Partial<AbhaSettingValues>): void {
    this.values = { ...this.values, ...changes };
  }
}
