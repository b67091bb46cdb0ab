import { SecretText } from '../../support/secret-text.js';
import { AbhaServiceError } from './abha-service-error.js';
import { aadhaarNumberIn, abhaAddressIn, abhaNumberIn, mobileIn, otpIn } from './identifiers.js';

/** What somebody typed, checked and made what the wire wants before it leaves. Throws `AbhaServiceError`, without values. */

export function aadhaarNumber(typed: SecretText): SecretText {
  return checked(aadhaarNumberIn(typed.reveal()), new AbhaServiceError('aadhaar-refused'));
}

export function abhaNumber(typed: SecretText): SecretText {
  return checked(abhaNumberIn(typed.reveal()), fieldRefused('ABHANumber'));
}

export function abhaAddress(typed: SecretText): SecretText {
  return checked(abhaAddressIn(typed.reveal()), fieldRefused('abhaAddress'));
}

export function mobile(typed: SecretText): SecretText {
  return checked(mobileIn(typed.reveal()), fieldRefused('mobile'));
}

export function otp(typed: SecretText): SecretText {
  return checked(otpIn(typed.reveal()), fieldRefused('otpValue'));
}

/** By the hint under which it will go: what a login id must look like. E-mail addresses and indexes go as they are. */
export function loginId(loginHint: string, typed: SecretText): SecretText {
  switch (loginHint) {
    case 'aadhaar':
      return aadhaarNumber(typed);
    case 'abha-number':
      return abhaNumber(typed);
    case 'abha-address':
      return abhaAddress(typed);
    case 'mobile':
      return mobile(typed);
    default:
      return typed;
  }
}

export const fieldRefused = (field: string): AbhaServiceError => new AbhaServiceError('field-refused', { field });

function checked(text: string | undefined, refusal: AbhaServiceError): SecretText {
  if (text === undefined) throw refusal;
  return new SecretText(text);
}
