import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AbhaSessions } from './abha-sessions.js';
import { Consents } from './consents.js';
import { EndedAbhas } from './ended-abha.js';
import { Facilities } from './facilities.js';
import { HealthRecords } from './health-records.js';
import { HospitalEvents } from './hospital-events.js';
import { MergeProposals } from './merge-proposals.js';
import { PatientsByUhid } from './patients-by-uhid.js';
import { Patients } from './patients.js';
import { Sealer } from './sealing.js';
import { SharedProfiles } from './shared-profiles.js';
import { Timeline } from './timeline.js';
import { UncodedTerms } from './uncoded-terms.js';
import { DATABASE_URL } from './tokens.js';

/** An opened database: migrated, connected, and with its data key unwrapped. */
export interface OpenDatabase {
  readonly url: string;
  readonly db: DataSource;
  readonly sealer: Sealer;
}

@Global()
@Module({})
export class PersistenceModule {
  static over({ url, db, sealer }: OpenDatabase): DynamicModule {
    const services = [
      AbhaSessions,
      Consents,
      EndedAbhas,
      Facilities,
      HealthRecords,
      MergeProposals,
      HospitalEvents,
      Patients,
      PatientsByUhid,
      SharedProfiles,
      Timeline,
      UncodedTerms,
    ];
    return {
      module: PersistenceModule,
      providers: [
        { provide: DATABASE_URL, useValue: url },
        { provide: DataSource, useValue: db },
        { provide: Sealer, useValue: sealer },
        ...services,
      ],
      exports: [DATABASE_URL, DataSource, Sealer, ...services],
    };
  }
}
