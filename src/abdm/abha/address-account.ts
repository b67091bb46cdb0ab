import { Injectable } from '@nestjs/common';
import { AbhaCaller } from './abha-caller.js';
import type { AbhaProfile, ServedFile } from './answers.js';
import { readProfile } from './read-person.js';
import type { AddressXToken } from './tokens.js';

/** The account of somebody who logged in by ABHA address. Its token is good for these three calls only. */
@Injectable()
export class AbhaAddressAccount {
  constructor(private readonly caller: AbhaCaller) {}

  async profile(token: AddressXToken): Promise<AbhaProfile> {
    return readProfile(await this.caller.get('phr:/login/profile/abha-profile', { token }));
  }

  card(token: AddressXToken): Promise<ServedFile> {
    return this.caller.file('phr:/login/profile/abha/phr-card', token);
  }

  qrCode(token: AddressXToken): Promise<ServedFile> {
    return this.caller.file('phr:/login/profile/abha/qr-code', token);
  }
}
