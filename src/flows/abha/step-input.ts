import {
  aadhaarNumberIn,
  abhaAddressIn,
  abhaNumberIn,
  brokenAddressRules,
  emailIn,
  mobileIn,
  otpIn,
} from '../../abdm/abha/identifiers.js';
import type { Demographics } from '../../abdm/abha/enrolment-forms.js';
import type { SecretText } from '../../support/secret-text.js';
import type { ChangeWish } from './account-changes.js';
import type { LicenceForm } from './enrolling.js';
import type { OtpMethod } from './session-state.js';
import { StepRefused } from './step-refused.js';

/** What somebody gives at a step. Aadhaar numbers, OTPs and captures are `SecretText` from the door on. */
export type StepInput =
  | { readonly action: 'consent'; readonly version: string; readonly language: string }
  | { readonly action: 'aadhaar'; readonly aadhaar: SecretText; readonly mobile: string | undefined }
  | { readonly action: 'abha-number'; readonly abhaNumber: string; readonly method: OtpMethod }
  | { readonly action: 'abha-address'; readonly abhaAddress: string }
  | { readonly action: 'card-qr'; readonly qr: string }
  | { readonly action: 'mobile'; readonly mobile: string; readonly isNoneHers: boolean }
  | { readonly action: 'method'; readonly method: OtpMethod }
  | { readonly action: 'otp'; readonly otp: SecretText }
  | { readonly action: 'resend'; readonly aadhaar: SecretText | undefined }
  | { readonly action: 'account'; readonly account: string }
  | { readonly action: 'found'; readonly account: string; readonly method: OtpMethod }
  | {
      readonly action: 'fingerprint' | 'iris';
      readonly aadhaar: SecretText;
      readonly pid: SecretText;
      readonly mobile: string;
    }
  | { readonly action: 'face'; readonly aadhaar: SecretText; readonly mobile: string }
  | { readonly action: 'demographics'; readonly demographics: Demographics }
  | { readonly action: 'document'; readonly licence: LicenceForm }
  | { readonly action: 'communication-mobile'; readonly mobile: string | undefined }
  | { readonly action: 'choose-address'; readonly userPart: string | undefined }
  | { readonly action: 'change'; readonly wish: ChangeWish }
  | { readonly action: 'back' | 'face-qr' | 'face-status' | 'suggestions' | 'profile' | 'logout' };

/**
 * The same, as the service wants it: what can not be right is refused here, before anything leaves or is claimed. An Aadhaar
 * number is checked with Verhoeff. `suffix`: of ABHA addresses here, `sbx` or `abdm`.
 * @throws StepRefused naming the field
 */
export function checkedInput(input: StepInput, suffix: string): StepInput {
  switch (input.action) {
    case 'aadhaar':
      checkAadhaar(input.aadhaar);
      return input.mobile === undefined ? input : { ...input, mobile: mobile(input.mobile) };
    case 'fingerprint':
    case 'iris':
    case 'face':
      checkAadhaar(input.aadhaar);
      return { ...input, mobile: mobile(input.mobile) };
    case 'demographics':
      checkAadhaar(input.demographics.aadhaar);
      return input.demographics.mobile === undefined
        ? input
        : { ...input, demographics: { ...input.demographics, mobile: mobile(input.demographics.mobile) } };
    case 'resend':
      if (input.aadhaar !== undefined) checkAadhaar(input.aadhaar);
      return input;
    case 'otp':
      mustBe(otpIn(input.otp.reveal()), 'otp-not-valid', 'otp');
      return input;
    case 'abha-number':
      return { ...input, abhaNumber: mustBe(abhaNumberIn(input.abhaNumber), 'abha-number-not-valid', 'abhaNumber') };
    case 'abha-address':
      return { ...input, abhaAddress: abhaAddress(input.abhaAddress, suffix) };
    case 'mobile':
      return { ...input, mobile: mobile(input.mobile) };
    case 'communication-mobile':
      return input.mobile === undefined ? input : { ...input, mobile: mobile(input.mobile) };
    case 'choose-address':
      return input.userPart === undefined ? input : { ...input, userPart: newAddress(input.userPart, suffix) };
    case 'change':
      return { ...input, wish: { ...input.wish, value: newValue(input.wish) } };
    case 'account':
    case 'back':
    case 'card-qr':
    case 'consent':
    case 'document':
    case 'face-qr':
    case 'face-status':
    case 'found':
    case 'logout':
    case 'method':
    case 'profile':
    case 'suggestions':
      return input;
  }
}

function checkAadhaar(aadhaar: SecretText): void {
  mustBe(aadhaarNumberIn(aadhaar.reveal()), 'aadhaar-not-valid', 'aadhaar');
}

const mobile = (typed: string, field = 'mobile'): string => mustBe(mobileIn(typed), 'mobile-not-valid', field);

/** People leave the suffix out, since all addresses here have the same. */
function abhaAddress(typed: string, suffix: string): string {
  const address = abhaAddressIn(typed.includes('@') ? typed : `${typed.trim()}@${suffix}`);
  if (address === undefined) throw new StepRefused('abha-address-not-valid', { field: 'abhaAddress', suffix });
  return address;
}

/** The user part, also where it was typed with the suffix. */
function newAddress(typed: string, suffix: string): string {
  const text = typed.trim();
  const userPart = text.toLowerCase().endsWith(`@${suffix}`) ? text.slice(0, -suffix.length - 1) : text;
  if (brokenAddressRules(userPart).length > 0) {
    throw new StepRefused('new-address-not-valid', { field: 'abhaAddress' });
  }
  return userPart;
}

function newValue({ change, value }: ChangeWish): string | undefined {
  if (change === 'mobile') return mobile(value ?? '', 'value');
  return change === 'email' ? mustBe(emailIn(value ?? ''), 'email-not-valid', 'value') : value;
}

function mustBe(read: string | undefined, code: StepRefused['code'], field: string): string {
  if (read === undefined) throw new StepRefused(code, { field });
  return read;
}
