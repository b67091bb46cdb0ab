import { AuditRow } from './audit.entity.js';
import { ConsentArtefact, TransferPage, TransferRow } from './consent.entity.js';
import { ExchangeRow, GatewaySession, WorkerHeartbeat } from './exchange.entity.js';
import { ApiKey, DataKey, Facility } from './facility.entity.js';
import { CareContext, HealthRecord } from './health-record.entity.js';
import { LinkingRow, LinkToken } from './linking.entity.js';
import { UncodedTermRow } from './uncoded-term.entity.js';
import { Patient, VisitEvent, VisitRow, VisitVersion } from './visit.entity.js';

export const ENTITIES = [
  ApiKey,
  AuditRow,
  CareContext,
  ConsentArtefact,
  DataKey,
  ExchangeRow,
  Facility,
  GatewaySession,
  HealthRecord,
  LinkingRow,
  LinkToken,
  Patient,
  TransferPage,
  TransferRow,
  UncodedTermRow,
  VisitEvent,
  VisitRow,
  VisitVersion,
  WorkerHeartbeat,
];
