import { constants, createPublicKey, publicEncrypt, type KeyObject } from 'node:crypto';

/** The service named an encryption that is not known here, or a key that is none. */
export class EncryptionRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EncryptionRefused';
  }
}

export interface FieldKey {
  readonly key: KeyObject;
  readonly oaepHash: 'sha1';
  /** To tell two keys apart: the DER in base64. */
  readonly id: string;
}

/** Java's name; its MGF1 uses the same digest as named. Node's OAEP uses one digest for both as well. */
const ALGORITHM = /^RSA\/(?:ECB|None)\/OAEPWithSHA-?1AndMGF1Padding$/i;
const LEAST_BITS = 2048;

/**
 * The public key of the ABHA service, for `encryptField`.
 * Source: `GET /v3/profile/public/certificate`: `publicKey` is SubjectPublicKeyInfo DER in bare base64 (4096 bits);
 * PEM armour is taken as well. "Encrypt with the algorithm this response names; refuse an unknown value."
 * An answer that names none (the field is optional) means the one published.
 * @throws EncryptionRefused
 */
export function fieldKeyFrom(publicKey: string, encryptionAlgorithm: string | undefined): FieldKey {
  if (encryptionAlgorithm !== undefined && !ALGORITHM.test(encryptionAlgorithm.trim())) {
    throw new EncryptionRefused('The encryption algorithm is not known');
  }
  const id = publicKey.replace(/-----[A-Z ]+-----|\s/g, '');
  const key = readKey(id);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < LEAST_BITS) {
    throw new EncryptionRefused(`An RSA key of ${LEAST_BITS} bits or more is expected`);
  }
  return { key, oaepHash: 'sha1', id };
}

/** Base64 of the RSA-OAEP ciphertext (684 characters for 4096 bits): an Aadhaar number, an OTP, a login id. */
export function encryptField(text: string, { key, oaepHash }: FieldKey): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash }, Buffer.from(text, 'utf8')).toString('base64');
}

function readKey(base64: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw new EncryptionRefused('The public key can not be read');
  }
}
