/** A code for a patient, to the mobile that the hospital has of her. Holds personal data: neither logged nor kept. */
export interface OtpMessage {
  /** 10 digits. */
  readonly mobile: string;
  /** The whole message, the code in it. */
  readonly text: { readonly en: string; readonly hi: string };
  readonly expiresAt: Date;
}

/** Brings codes to patients. Implemented by `hospital/`: the hospital's SMS gateway, and a demonstration. */
export interface OtpSender {
  /** False where nobody has said how: then no code is made. */
  readonly isReady: boolean;
  /** Returns when the message was taken. Whatever it throws holds neither code nor number. @throws Error */
  send(message: OtpMessage): Promise<void>;
}

export const OTP_SENDER = Symbol('OtpSender');
