import { AbhaCodeUseRow } from './abha-code-use.entity.js';
import { AbhaConsentRow, AbhaSessionRow } from './abha-session.entity.js';
import { AuditRow } from './audit.entity.js';
import { ConsentArtefact, TransferPage, TransferRow } from './consent.entity.js';
import { DiscoveryOffer, DiscoveryRow, UserLinkContext, UserLinkRow } from './discovery.entity.js';
import { ExchangeRow, GatewaySession, WorkerHeartbeat } from './exchange.entity.js';
import { ApiKey, DataKey, Facility } from './facility.entity.js';
import { CareContext, HealthRecord } from './health-record.entity.js';
import { LinkingRow, LinkToken } from './linking.entity.js';
import { DeepLinkSms, EndedAbhaRow, FormerAbha, MergeProposalRow } from './patient-change.entity.js';
import { Counter, QueueToken, SharedProfileRow, TokenSequence } from './queue.entity.js';
import { RegistrationRow } from './registration.entity.js';
import { UncodedTermRow } from './uncoded-term.entity.js';
import { Patient, VisitEvent, VisitRow, VisitVersion } from './visit.entity.js';
import { WebhookDelivery, WebhookEndpoint } from './webhook.entity.js';

export const ENTITIES = [
  AbhaCodeUseRow,
  AbhaConsentRow,
  AbhaSessionRow,
  ApiKey,
  AuditRow,
  CareContext,
  ConsentArtefact,
  Counter,
  DataKey,
  DiscoveryOffer,
  DiscoveryRow,
  DeepLinkSms,
  EndedAbhaRow,
  ExchangeRow,
  Facility,
  FormerAbha,
  GatewaySession,
  HealthRecord,
  LinkingRow,
  LinkToken,
  MergeProposalRow,
  Patient,
  QueueToken,
  RegistrationRow,
  SharedProfileRow,
  TokenSequence,
  TransferPage,
  TransferRow,
  UncodedTermRow,
  UserLinkContext,
  UserLinkRow,
  VisitEvent,
  VisitRow,
  VisitVersion,
  WebhookDelivery,
  WebhookEndpoint,
  WorkerHeartbeat,
];
