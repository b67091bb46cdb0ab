import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { PatientLookup } from './patient-lookup.js';
import { Registering } from './registering.flow.js';
import { RegistrationOrigins } from './registration-origins.js';
import { RegistrationRows } from './registration-rows.js';

@Module({
  imports: [JobsModule],
  providers: [PatientLookup, Registering, RegistrationRows, RegistrationOrigins],
  exports: [Registering],
})
export class RegistrationsModule {}
