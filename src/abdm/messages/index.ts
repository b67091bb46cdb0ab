import type { AskedByAbdm, AskedByUs, SentByUs } from '../protocol.js';
import { CareContextLinkReply, type CareContextLinkRequest } from './care-context-link.js';
import { CareContextNotifyReply, type CareContextNotifyRequest } from './care-context-notify.js';
import { ConsentNotice, type ConsentAnswer } from './consent-notify.js';
import {
  HealthInformationRequest,
  type HealthInformationAnswer,
  type HealthInformationNotice,
} from './health-information.js';
import { LinkTokenReply, type LinkTokenRequest } from './link-token.js';

/**
 * What comes in, by exchange: checked at the door by these classes (read generously: unknown fields are ignored).
 * What goes out is checked by the compiler, below, and against ABDM's contract by the simulator.
 */
export const INCOMING = {
  'link-token': LinkTokenReply,
  'care-context.link': CareContextLinkReply,
  'care-context.notify': CareContextNotifyReply,
  'consent.notify': ConsentNotice,
  'health-information.request': HealthInformationRequest,
} as const satisfies Record<AskedByUs | AskedByAbdm, new () => object>;

export type Incoming<N extends keyof typeof INCOMING> = InstanceType<(typeof INCOMING)[N]>;

/** The bodies we start a conversation with. */
export interface Outgoing extends Record<SentByUs, object> {
  'link-token': LinkTokenRequest;
  'care-context.link': CareContextLinkRequest;
  'care-context.notify': CareContextNotifyRequest;
  'health-information.notify': HealthInformationNotice;
}

/** The bodies we answer with; `response.requestId` is added where they are sent. */
export interface Answer extends Record<AskedByAbdm, object> {
  'consent.notify': ConsentAnswer;
  'health-information.request': HealthInformationAnswer;
}
