import { Injectable } from '@nestjs/common';
import { SecretText } from '../../support/secret-text.js';
import { AbhaCaller } from './abha-caller.js';
import type { AddressFound, AddressLoggedIn, OtpSent } from './answers.js';
import { authDataOf, mustHaveVerified } from './auth-data.js';
import { readAddressLogin, readOtpSent } from './read-answers.js';
import { readAbhaNumber } from './read-person.js';
import { textIn, textsIn } from './reading.js';
import * as typed from './typed-in.js';
import { ADDRESS_WAYS, type AddressWay, type Proof } from './ways.js';

/** Verifying somebody by ABHA address, which may have no number behind it: `search`, `request`, `verify`. */
@Injectable()
export class AbhaAddressLogin {
  constructor(private readonly caller: AbhaCaller) {}

  /** What the address allows. Goes in clear. @throws AbhaServiceError of kind `no-abha` when it is unknown */
  async search(abhaAddress: string): Promise<AddressFound> {
    const address = typed.abhaAddress(new SecretText(abhaAddress)).reveal();
    const asked = { abhaAddress: address };
    const body = await this.caller.send('POST', 'phr:/login/abha/search', asked, { isLook: true });
    const blocked = new Set(textsIn(body, 'blockedAuthMethods'));
    return {
      abhaAddress: (textIn(body, 'abhaAddress') ?? address).toLowerCase(),
      abhaNumber: readAbhaNumber(body),
      name: textIn(body, 'fullName'),
      maskedMobile: textIn(body, 'mobile'),
      status: textIn(body, 'status'),
      authMethods: textsIn(body, 'authMethods').filter((method) => !blocked.has(method)),
    };
  }

  /** To resend: the same call again. */
  async request(way: AddressWay, abhaAddress: SecretText): Promise<OtpSent> {
    const { scope, loginHint, otpSystem } = ADDRESS_WAYS[way];
    const loginId = typed.loginId(loginHint, abhaAddress);
    const answer = await this.caller.post('phr:/login/abha/request/otp', (encrypt) => ({
      scope,
      loginHint,
      loginId: encrypt(loginId),
      otpSystem,
    }));
    return readOtpSent(answer);
  }

  async verify(way: AddressWay, txnId: string, proof: Proof): Promise<AddressLoggedIn> {
    const { scope } = ADDRESS_WAYS[way];
    const answer = await this.caller.post('phr:/login/abha/verify', (encrypt) => ({
      scope,
      authData: authDataOf(proof, txnId, encrypt),
    }));
    mustHaveVerified(answer, proof.with);
    return readAddressLogin(answer);
  }
}
