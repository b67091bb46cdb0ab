import { SecretText } from '../../support/secret-text.js';

/** A person's session with the ABHA service: account, photo, card. 30 minutes. To keep one: `reveal()`, seal, `new`. */
export class XToken extends SecretText {
  readonly header = 'X-token';
  readonly from = 'abha-number';
}

/** The same header, but of a login by ABHA address: good below `phr/web` only. Elsewhere it "has expired". */
export class AddressXToken extends SecretText {
  readonly header = 'X-token';
  readonly from = 'abha-address';
}

/** After a mobile's OTP: lets her choose one of her accounts, nothing else. 5 minutes. */
export class TToken extends SecretText {
  readonly header = 'T-token';
}

/** Gives a new X-token without an OTP. 15 days. */
export class RToken extends SecretText {
  readonly header = 'R-token';
}

export type UserToken = XToken | AddressXToken | TToken | RToken;

export interface UserTokens<X extends XToken | AddressXToken = XToken> {
  readonly token: X;
  readonly expiresInSeconds: number;
  readonly refreshToken: RToken | undefined;
  readonly refreshExpiresInSeconds: number | undefined;
}
