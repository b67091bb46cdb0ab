import type { Encrypt } from './abha-key.js';
import { failedAuthIn } from './refusal.js';
import * as typed from './typed-in.js';
import type { Proof } from './ways.js';

/** The `authData` block of a login by ABHA number, address or index. OTPs are encrypted, the devices' blocks are not. */
export function authDataOf(proof: Proof, txnId: string, encrypt: Encrypt): unknown {
  switch (proof.with) {
    case 'otp':
      return { authMethods: ['otp'], otp: { txnId, otpValue: encrypt(typed.otp(proof.otp)) } };
    case 'fingerprint':
      return { authMethods: ['bio'], bio: { txnId, fingerPrintAuthPid: proof.pid.reveal() } };
    case 'iris':
      return { authMethods: ['iris'], iris: { txnId, irisAuthPid: proof.pid.reveal() } };
    case 'face':
      return { authMethods: ['face'], face: { txnId, faceAuthPid: proof.pid.reveal() } };
    case 'face-qr':
      return { authMethods: ['face_auth'], face: { txnId } };
  }
}

/** HTTP 200 is no success yet. @throws AbhaServiceError */
export function mustHaveVerified(body: unknown, proof: Proof['with']): void {
  const failure = failedAuthIn(body, proof === 'otp' ? 'otp' : 'biometric');
  if (failure !== undefined) throw failure;
}
