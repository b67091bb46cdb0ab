import type { HealthInformationPage } from '../../abdm/messages/health-information.js';
import { encryptEntry, plaintextChecksum } from '../../crypto/health-information-encryption.js';
import { makeKeyMaterial } from '../../crypto/key-material.js';

/**
 * One page: its documents encrypted under key material made for this page alone. With one document a page (the default)
 * a key and nonce pair never encrypts two texts (DESIGN, decision 10).
 */
export function healthInformationPage(about: {
  readonly transactionId: string;
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly careContextReference: string;
  readonly documents: readonly string[];
  readonly peerPublicKey: string;
  readonly peerNonce: string;
  readonly keyExpiry: Date;
}): HealthInformationPage {
  const own = makeKeyMaterial();
  const { peerPublicKey, peerNonce } = about;
  return {
    pageNumber: about.pageNumber,
    pageCount: about.pageCount,
    transactionId: about.transactionId,
    entries: about.documents.map((plaintext) => ({
      content: encryptEntry({ plaintext, peerPublicKey, peerNonce, own }).content,
      media: 'application/fhir+json',
      checksum: plaintextChecksum(plaintext),
      careContextReference: about.careContextReference,
    })),
    keyMaterial: {
      cryptoAlg: 'ECDH',
      curve: 'Curve25519',
      dhPublicKey: {
        expiry: about.keyExpiry.toISOString(),
        parameters: 'Curve25519/32byte random key',
        keyValue: own.keyPair.publicKeyBase64,
      },
      nonce: Buffer.from(own.nonce).toString('base64'),
    },
  };
}
