import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ConsentManagerController } from './consent-manager/consent-manager.controller.js';
import { Consents } from './consent-manager/consents.js';
import { TransferNotices } from './consent-manager/transfer-notices.js';
import { Transfers } from './consent-manager/transfers.js';
import { Contract, theContract } from './contract/contract.js';
import { BehaviourController } from './control/behaviour.controller.js';
import { ConsentsController } from './control/consents.controller.js';
import { RegistryController } from './control/registry.controller.js';
import { AnswerFilter } from './gateway/answer.filter.js';
import { Callbacks } from './gateway/callbacks.js';
import { CallbackTokens } from './gateway/callback-tokens.js';
import { Clients } from './gateway/clients.js';
import { ContractDoor } from './gateway/contract-door.js';
import { Faults } from './gateway/faults.js';
import { GatewayController } from './gateway/gateway.controller.js';
import { MessageLog } from './gateway/message-log.js';
import { OpenQuestions } from './gateway/open-questions.js';
import { SigningKeys } from './gateway/signing-keys.js';
import { Violations } from './gateway/violations.js';
import { PushController } from './hiu/push.controller.js';
import { HiuPushes } from './hiu/pushes.js';
import { CareContextLinking } from './linking/care-context-linking.js';
import { ContextNotices } from './linking/context-notices.js';
import { KnownHips } from './linking/known-hips.js';
import { LinkTokenRequests } from './linking/link-token-requests.js';
import { LinkTokens } from './linking/link-tokens.js';
import { LinkingController } from './linking/linking.controller.js';
import { Links } from './linking/links.js';
import { PatientApp } from './patient-app/patient-app.js';
import { Patients } from './patient-app/patients.js';
import { Settings } from './settings.js';

const GATEWAY = [CallbackTokens, Callbacks, Clients, Faults, MessageLog, OpenQuestions, Violations];
const LINKING = [CareContextLinking, ContextNotices, KnownHips, LinkTokenRequests, LinkTokens, Links];
const CONSENT_MANAGER = [Consents, TransferNotices, Transfers];

/** ABDM's side: gateway, linking, consent manager, the patient's app, a HIU, and the control API. */
@Module({})
export class SimulatorModule {
  static with(settings: Settings, keys: SigningKeys): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        GatewayController,
        LinkingController,
        ConsentManagerController,
        PushController,
        RegistryController,
        ConsentsController,
        BehaviourController,
      ],
      providers: [
        { provide: Settings, useValue: settings },
        { provide: SigningKeys, useValue: keys },
        { provide: Contract, useFactory: theContract },
        { provide: APP_GUARD, useClass: ContractDoor },
        { provide: APP_FILTER, useClass: AnswerFilter },
        ...GATEWAY,
        ...LINKING,
        ...CONSENT_MANAGER,
        Patients,
        PatientApp,
        HiuPushes,
      ],
    };
  }
}
