import type { AskedByAbdm, AskedByUs, SentByUs } from '../protocol.js';
import { CareContextLinkReply, type CareContextLinkRequest } from './care-context-link.js';
import { CareContextNotifyReply, type CareContextNotifyRequest } from './care-context-notify.js';
import { ConsentNotice, type ConsentAnswer } from './consent-notify.js';
import { DiscoverRequest, type DiscoverAnswer } from './discover.js';
import {
  HealthInformationRequest,
  type HealthInformationAnswer,
  type HealthInformationNotice,
} from './health-information.js';
import { LinkConfirmRequest, type LinkConfirmAnswer } from './link-confirm.js';
import { LinkInitRequest, type LinkInitAnswer } from './link-init.js';
import { LinkTokenReply, type LinkTokenRequest } from './link-token.js';
import { ShareRequest, type ShareAnswer } from './patient-share.js';
import { PatientStatusNotice, type PatientStatusAnswer } from './patient-status.js';
import { RunningTokenRequest, type RunningTokenAnswer } from './running-token.js';
import { SmsNotifyReply, type SmsNotifyRequest } from './sms-notify.js';

/**
 * What comes in, by exchange: checked at the door by these classes (read generously: unknown fields are ignored).
 * What goes out is checked by the compiler, below, and against ABDM's contract by the simulator.
 */
export const INCOMING = {
  'link-token': LinkTokenReply,
  'care-context.link': CareContextLinkReply,
  'care-context.notify': CareContextNotifyReply,
  'sms.notify': SmsNotifyReply,
  'patient.status': PatientStatusNotice,
  'care-context.discover': DiscoverRequest,
  'care-context.link-init': LinkInitRequest,
  'care-context.link-confirm': LinkConfirmRequest,
  'patient.share': ShareRequest,
  'running-token.status': RunningTokenRequest,
  'consent.notify': ConsentNotice,
  'health-information.request': HealthInformationRequest,
} as const satisfies Record<AskedByUs | AskedByAbdm, new () => object>;

export type Incoming<N extends keyof typeof INCOMING> = InstanceType<(typeof INCOMING)[N]>;

/** The bodies we start a conversation with. */
export interface Outgoing extends Record<SentByUs, object> {
  'link-token': LinkTokenRequest;
  'care-context.link': CareContextLinkRequest;
  'care-context.notify': CareContextNotifyRequest;
  'sms.notify': SmsNotifyRequest;
  'health-information.notify': HealthInformationNotice;
}

/** The bodies we answer with; `response.requestId` is added where they are sent. */
export interface Answer extends Record<AskedByAbdm, object> {
  'patient.status': PatientStatusAnswer;
  'care-context.discover': DiscoverAnswer;
  'care-context.link-init': LinkInitAnswer;
  'care-context.link-confirm': LinkConfirmAnswer;
  'patient.share': ShareAnswer;
  'running-token.status': RunningTokenAnswer;
  'consent.notify': ConsentAnswer;
  'health-information.request': HealthInformationAnswer;
}
