import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AadhaarWatch } from './abha/aadhaar-watch.js';
import { AbhaDoor } from './abha/abha-door.js';
import { ABHA_CONTROLLERS, ABHA_SERVICE } from './abha/abha.parts.js';
import { Artefacts } from './consent-manager/artefacts.js';
import { ConsentManagerController } from './consent-manager/consent-manager.controller.js';
import { Consents } from './consent-manager/consents.js';
import { TransferNotices } from './consent-manager/transfer-notices.js';
import { Transfers } from './consent-manager/transfers.js';
import { Contract, theContract } from './contract/contract.js';
import { AbhaController } from './control/abha.controller.js';
import { AbhaServiceController } from './control/abha-service.controller.js';
import { BehaviourController } from './control/behaviour.controller.js';
import { ConsentsController } from './control/consents.controller.js';
import { DiscoveriesController } from './control/discoveries.controller.js';
import { PhonesController } from './control/phones.controller.js';
import { RegistryController } from './control/registry.controller.js';
import { ScansController } from './control/scans.controller.js';
import { Discover } from './discovery/discover.js';
import { Discoveries } from './discovery/discoveries.js';
import { Displays } from './discovery/displays.js';
import { LinkConfirms } from './discovery/link-confirms.js';
import { LinkInits } from './discovery/link-inits.js';
import { UserLinkingController } from './discovery/user-linking.controller.js';
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
import { EntryJudge } from './hiu/entry-judge.js';
import { PushAnswers } from './hiu/push-answers.js';
import { PushController } from './hiu/push.controller.js';
import { HiuPushes } from './hiu/pushes.js';
import { CareContextLinking } from './linking/care-context-linking.js';
import { ContextNotices } from './linking/context-notices.js';
import { KnownHips } from './linking/known-hips.js';
import { LinkTokenRequests } from './linking/link-token-requests.js';
import { LinkTokens } from './linking/link-tokens.js';
import { LinkingController } from './linking/linking.controller.js';
import { Links } from './linking/links.js';
import { SmsNotices } from './linking/sms-notices.js';
import { AbhaStatus } from './patient-app/abha-status.js';
import { PatientApp } from './patient-app/patient-app.js';
import { Patients } from './patient-app/patients.js';
import { Phones } from './patient-app/phones.js';
import { ManyScans } from './scan-and-share/many-scans.js';
import { RunningTokens } from './scan-and-share/running-tokens.js';
import { ScanAndShareController } from './scan-and-share/scan-and-share.controller.js';
import { Scans } from './scan-and-share/scans.js';
import { Shares } from './scan-and-share/shares.js';
import { TokenJudge } from './scan-and-share/token-judge.js';
import { Settings } from './settings.js';

const GATEWAY = [CallbackTokens, Callbacks, Clients, Faults, MessageLog, OpenQuestions, Violations];
const LINKING = [CareContextLinking, ContextNotices, KnownHips, LinkTokenRequests, LinkTokens, Links, SmsNotices];
const DISCOVERY = [Discover, Discoveries, Displays, LinkConfirms, LinkInits];
const CONSENT_MANAGER = [Artefacts, Consents, TransferNotices, Transfers];
const PATIENT_APP = [AbhaStatus, PatientApp, Patients, Phones];
const SCAN_AND_SHARE = [ManyScans, RunningTokens, Scans, Shares, TokenJudge];
const HIU = [EntryJudge, HiuPushes, PushAnswers];

/** ABDM's side: gateway, linking, consent manager, the patient's app, a HIU, and the control API. */
@Module({})
export class SimulatorModule {
  static with(settings: Settings, keys: SigningKeys): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        GatewayController,
        LinkingController,
        UserLinkingController,
        ConsentManagerController,
        PushController,
        RegistryController,
        ConsentsController,
        BehaviourController,
        DiscoveriesController,
        AbhaController,
        PhonesController,
        AbhaServiceController,
        ...ABHA_CONTROLLERS,
        ScanAndShareController,
        ScansController,
      ],
      providers: [
        { provide: Settings, useValue: settings },
        { provide: SigningKeys, useValue: keys },
        { provide: Contract, useFactory: theContract },
        { provide: APP_GUARD, useClass: AadhaarWatch },
        { provide: APP_GUARD, useClass: ContractDoor },
        { provide: APP_GUARD, useClass: AbhaDoor },
        { provide: APP_FILTER, useClass: AnswerFilter },
        ...GATEWAY,
        ...LINKING,
        ...CONSENT_MANAGER,
        ...DISCOVERY,
        ...PATIENT_APP,
        ...ABHA_SERVICE,
        ...SCAN_AND_SHARE,
        ...HIU,
      ],
    };
  }
}
