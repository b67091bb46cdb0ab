import { FacilitiesAndKeys1763800000000 } from './1763800000000-facilities-and-keys.js';
import { VisitsAndRecords1763800001000 } from './1763800001000-visits-and-records.js';
import { Exchanges1763800002000 } from './1763800002000-exchanges.js';
import { Linking1763800003000 } from './1763800003000-linking.js';
import { ConsentsAndTransfers1763800004000 } from './1763800004000-consents-and-transfers.js';
import { Audit1763800005000 } from './1763800005000-audit.js';
import { SeveralRecordsOfAType1763800006000 } from './1763800006000-several-records-of-a-type.js';
import { UncodedTerms1763800007000 } from './1763800007000-uncoded-terms.js';
import { Webhooks1763800009000 } from './1763800009000-webhooks.js';
import { AuditAndConsentsByFacility1763800009100 } from './1763800009100-audit-and-consents-by-facility.js';
import { MergeProposals1763800010000 } from './1763800010000-merge-proposals.js';
import { AbhaChanges1763800010100 } from './1763800010100-abha-changes.js';
import { DeepLinkSms1763800010200 } from './1763800010200-deep-link-sms.js';
import { DiscoveriesWithALink1763800011000 } from './1763800011000-discoveries-with-a-link.js';
import { AbhaSessions1763800021000 } from './1763800021000-abha-sessions.js';
import { ScanAndShare1763800020000 } from './1763800020000-scan-and-share.js';
import { Registrations1763800022000 } from './1763800022000-registrations.js';
import { OpdReport1763800022100 } from './1763800022100-opd-report.js';
import { DistrictKeys1763800022200 } from './1763800022200-district-keys.js';
import { QueueByWaitingTime1763800022300 } from './1763800022300-queue-by-waiting-time.js';
import { AbhaCodes1763800023000 } from './1763800023000-abha-codes.js';
import { UserInitiatedLinking1763800008000 } from './1763800008000-user-initiated-linking.js';

/** In the order they run. A new one goes to the end; none is ever changed after it has been released. */
export const MIGRATIONS = [
  FacilitiesAndKeys1763800000000,
  VisitsAndRecords1763800001000,
  Exchanges1763800002000,
  Linking1763800003000,
  ConsentsAndTransfers1763800004000,
  Audit1763800005000,
  SeveralRecordsOfAType1763800006000,
  UncodedTerms1763800007000,
  UserInitiatedLinking1763800008000,
  Webhooks1763800009000,
  AuditAndConsentsByFacility1763800009100,
  MergeProposals1763800010000,
  AbhaChanges1763800010100,
  DeepLinkSms1763800010200,
  DiscoveriesWithALink1763800011000,
  ScanAndShare1763800020000,
  AbhaSessions1763800021000,
  Registrations1763800022000,
  OpdReport1763800022100,
  DistrictKeys1763800022200,
  QueueByWaitingTime1763800022300,
  AbhaCodes1763800023000,
];
