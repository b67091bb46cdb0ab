import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ApiModule } from './api/api.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { AbhaModule } from './flows/abha/abha.module.js';
import { ConsentModule } from './flows/consent/consent.module.js';
import { HealthInformationModule } from './flows/health-information/health-information.module.js';
import { LinkingModule } from './flows/linking/linking.module.js';
import { ScanAndShareModule } from './flows/scan-and-share/scan-and-share.module.js';
import { VisitsModule } from './flows/visits/visits.module.js';
import { WebhooksModule } from './flows/webhooks/webhooks.module.js';
import { DemoOtps } from './hospital/demo-otps.js';
import { OtpWebhook } from './hospital/otp-webhook.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PersistenceModule, type OpenDatabase } from './persistence/persistence.module.js';
import { HOSPITAL_PORT, type HospitalPort } from './ports/hospital.port.js';
import { OTP_SENDER, type OtpSender } from './ports/otp-sender.port.js';
import { CLOCK, type Clock } from './support/clock.js';
import { CONFIG, type Config } from './support/config.js';
import { LOGGER, type Logger } from './support/logger.js';

/** What the outside gives the program. */
export interface Surroundings {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly hospital: HospitalPort;
  readonly clock: Clock;
  readonly log: Logger;
}

function otpSender(config: Config, clock: Clock): OtpSender {
  if (config.OTP_SENDER === 'demo') return new DemoOtps();
  const { OTP_WEBHOOK_URL: url, OTP_WEBHOOK_SECRET: secret } = config;
  return new OtpWebhook({ url, secret, now: () => clock.now() });
}

@Global()
@Module({})
class SurroundingsModule {
  static of({ config, hospital, clock, log }: Surroundings): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: HOSPITAL_PORT, useValue: hospital },
      { provide: OTP_SENDER, useValue: otpSender(config, clock) },
      { provide: CLOCK, useValue: clock },
      { provide: LOGGER, useValue: log },
    ];
    return { module: SurroundingsModule, providers, exports: providers };
  }
}

/** The one place that sees everything. */
@Module({})
export class AppModule {
  static in(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SurroundingsModule.of(surroundings),
        PersistenceModule.over(surroundings.database),
        JobsModule,
        ExchangeModule,
        VisitsModule,
        LinkingModule,
        AbhaModule,
        ScanAndShareModule,
        ConsentModule,
        HealthInformationModule,
        WebhooksModule,
        ApiModule,
      ],
    };
  }
}
