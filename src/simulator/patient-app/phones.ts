import { Injectable } from '@nestjs/common';

/** What the hospital's SMS gateway is given for a mobile. */
export interface SmsToSend {
  readonly mobile: string;
  readonly text: { readonly en: string; readonly hi: string };
  readonly expiresAt: string;
}

/** A message on a phone. */
export type ReceivedSms = Omit<SmsToSend, 'mobile'> & { readonly at: string };

const KEPT = 5000;

/** The patients' phones: messages of the hospital, which a person trying it out has to read. */
@Injectable()
export class Phones {
  private received: (ReceivedSms & { readonly number: string })[] = [];

  receive({ mobile, text, expiresAt }: SmsToSend): void {
    const sms = { number: numberOf(mobile), at: new Date().toISOString(), text, expiresAt };
    this.received = [...this.received, sms].slice(-KEPT);
  }

  /** Newest first. */
  messagesOf(mobile: string): readonly ReceivedSms[] {
    const hers = this.received.filter(({ number }) => number === numberOf(mobile));
    return hers.map(({ at, text, expiresAt }) => ({ at, text, expiresAt })).reverse();
  }
}

/** +91 98123 00045, 098123 00045 and 9812300045 are one phone. */
const numberOf = (mobile: string): string => mobile.replace(/\D/g, '').slice(-10);
