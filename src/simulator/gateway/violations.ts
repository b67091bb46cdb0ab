import { Injectable } from '@nestjs/common';

/** Every rule the simulator judges by. Tests name the rule; the sentence is for people. */
const RULES = {
  'body-not-as-contract': 'The body does not fit the contract.',
  'header-not-as-contract': 'A header is missing, blank or malformed.',
  'hip-id-missing': 'X-HIP-ID should be sent with every call, also where it is not declared.',
  'hip-id-wrong': 'X-HIP-ID and the HIP in the body, or of the exchange, differ.',
  'no-authorization': 'The call came without a session token.',
  'unknown-path': 'ABDM has no such path.',
  'request-id-reused': 'REQUEST-ID was used before; every call needs a fresh one, retries too.',
  'bridge-url-with-path': 'The bridge URL must be a base URL: ABDM appends /api/v3/….',
  'answers-nothing': 'response.requestId is of no callback that waits for this answer.',
  'answered-twice': 'This callback was answered before.',
  'answered-late': 'The answer did not come within its deadline.',
  'callback-slow': 'The callback was answered too slowly.',
  'callback-refused': 'A genuine callback was refused with 4xx.',
  'offers-linked': 'A care context was offered that is linked already; discovery offers unlinked ones only.',
  'display-clinical': 'A display tells something clinical to a reader who has not proved who he is.',
  'matched-by-wrong': 'matchedBy names an identifier that was not sent.',
  'init-unchecked': 'A link was begun for what was not offered in this discovery, or to another patient.',
  'otp-expiry-wrong': 'communicationExpiry is over already.',
  'hint-tells-mobile': 'communicationHint holds a whole mobile number.',
  'link-reference-reused': 'The link reference was given out before.',
  'links-not-asked': 'on-confirm names care contexts the patient did not choose in init.',
  'otp-used-twice': 'A link was confirmed a second time; an OTP counts once.',
  'share-intent-wrong': 'A profile share gets a token; other intents are refused with ABDM-1149.',
  'token-of-another': 'A token was given to another ABHA address than the one that shared.',
  'token-context-wrong': 'The answer is about another counter than the one that was scanned, or asked.',
  'token-missing': 'SUCCESS was reported without a token.',
  'token-expiry-wrong': 'expiry must be a text of digits, and more than 0.',
  'token-not-kept': 'Somebody with a valid token scanned the counter again and got another number.',
  'token-given-twice': 'Two people were given one number at one counter (or facility) on one day.',
  'running-token-not-refused': 'A running token was told where nobody has a token today; ABDM-1031 was due.',
  'push-malformed': 'The page does not fit the contract, or its key material has not the right form.',
  'push-not-allowed': 'Records were sent for a request that the artefact does not allow.',
  'push-of-another-patient': 'A care context was sent that is linked to another ABHA address than the consent’s.',
  'push-redirect-followed': 'Records, or a request for leave to send them, followed a redirect to elsewhere.',
  'push-without-session': 'The page came without a valid session token.',
  'push-unknown': 'A page for a transfer nobody asked for.',
  'push-before-acknowledgement': 'A page came before the request was acknowledged, or after it was refused.',
  'push-without-consent': 'Records were sent under a revoked, expired or ungranted consent.',
  'push-outside-artefact': 'A care context or hiType was sent that the artefact does not name.',
  'push-after-close': 'A page came after the transfer was closed.',
  'push-page-count': 'Pages of one transfer disagree on pageCount, or a page lies beyond it.',
  'push-undecryptable': 'An entry cannot be decrypted.',
  'checksum-wrong': 'The checksum is not the MD5 of the plaintext.',
  'key-and-nonce-reused': 'One key and nonce pair encrypts two entries: AES-GCM is broken by that.',
  'transfer-incomplete': 'TRANSFERRED was reported with everything delivered, though pages are missing.',
  'transfer-late': 'The transfer was not closed in time.',
  // A FAILED notice may list none: with a consent that has ended the artefact is erased, and the contract sets no minimum.
  'transfer-notice-wrong': 'The closing notice does not tell what happened to each care context.',
  'field-not-encrypted': 'A field came in clear that ABHA wants encrypted.',
  'encryption-wrong': 'A field is encrypted with another key, padding or hash than the certificate says.',
  'aadhaar-in-clear': 'An Aadhaar number was sent in clear, where every log on the way keeps it.',
  'aadhaar-not-checked':
    'A number was sent as Aadhaar that fails the Verhoeff check; it should not leave the hospital.',
  'abha-consent-missing': 'An enrolment came without the consent its person has to give first.',
  'user-token-missing': 'A call about a person came without her token.',
  'user-token-wrong-kind': 'A user token was sent where another kind belongs.',
  'abha-transaction-reused': 'A transaction that is over was used again, e.g. an enrolment repeated after a timeout.',
  'otp-resent-too-soon': 'An OTP was asked for again before its 60 s were over.',
} as const;

export type Rule = keyof typeof RULES;

/** Who did it, as far as known. Values of fields are not kept. */
export interface Circumstances {
  readonly operationId?: string | undefined;
  readonly path?: string | undefined;
  readonly requestId?: string | undefined;
  readonly hipId?: string | undefined;
  readonly transactionId?: string | undefined;
}

export interface Violation extends Circumstances {
  readonly rule: Rule;
  readonly meaning: string;
  readonly detail: string;
  readonly at: string;
}

const KEPT = 5000;

/** What the adapter did wrong. A test that ends well ends with none. */
@Injectable()
export class Violations {
  private kept: Violation[] = [];

  record(rule: Rule, detail: string, circumstances: Circumstances = {}): void {
    if (this.kept.length >= KEPT) return;
    this.kept.push({ rule, meaning: RULES[rule], detail, at: new Date().toISOString(), ...circumstances });
  }

  all(): readonly Violation[] {
    return this.kept;
  }

  forget(): void {
    this.kept = [];
  }
}
