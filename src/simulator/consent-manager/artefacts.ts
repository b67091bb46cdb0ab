import { Injectable } from '@nestjs/common';
import { Clients } from '../gateway/clients.js';
import { SigningKeys } from '../gateway/signing-keys.js';
import { Settings } from '../settings.js';
import type { Grant } from './grant.js';

/** What an artefact says other than the grant has it. */
export interface ArtefactWishes {
  /** `hip.id` of another facility than the one that is told. */
  readonly artefactHipId?: string | undefined;
  /** Neither hiu nor requester, though there is one: seen in the sandbox. */
  readonly withoutHiu?: boolean | undefined;
  /** Laid over `consentDetail`, field by field. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** Instead of a genuine one. */
  readonly signature?: string | undefined;
}

const PURPOSES: Readonly<Record<string, string>> = {
  CAREMGT: 'Care Management',
  BTG: 'Break the Glass',
  PUBHLTH: 'Public Health',
  HPAYMT: 'Healthcare Payment',
  DSRCH: 'Disease Specific Healthcare Research',
  PATRQT: 'Self Requested',
};

/** Consent artefacts as they are told to a HIP. */
@Injectable()
export class Artefacts {
  constructor(
    private readonly settings: Settings,
    private readonly keys: SigningKeys,
    private readonly clients: Clients,
  ) {}

  /** The part of a GRANTED notice that the other notices lack. */
  signed(consentId: string, grant: Grant, wishes: ArtefactWishes): object {
    const consentDetail = { ...this.detail(consentId, grant, wishes), ...wishes.overrides };
    const signature = wishes.signature ?? this.keys.signature(JSON.stringify(consentDetail));
    return { consentDetail, signature, grantAcknowledgement: false };
  }

  private detail(consentId: string, grant: Grant, wishes: ArtefactWishes): object {
    const hipId = wishes.artefactHipId ?? grant.hipId;
    return {
      schemaVersion: 'v3',
      consentId,
      createdAt: new Date().toISOString(),
      patient: { id: grant.abhaAddress },
      careContexts: grant.careContexts,
      purpose: { text: PURPOSES[grant.purpose] ?? grant.purpose, code: grant.purpose, refUri: 'www.abdm.gov.in' },
      hip: { id: hipId, name: this.clients.facility(hipId)?.name ?? hipId },
      consentManager: { id: this.settings.current.cmId },
      ...(grant.hiuId === undefined || wishes.withoutHiu ? {} : this.askedBy(grant.hiuId)),
      hiTypes: grant.hiTypes,
      permission: {
        accessMode: 'VIEW',
        dateRange: grant.dateRange,
        dataEraseAt: grant.dataEraseAt,
        frequency: grant.frequency,
      },
    };
  }

  private askedBy(hiuId: string): object {
    const name = this.clients.facility(hiuId)?.name ?? hiuId;
    const identifier = { value: 'REG-0001', type: 'REGNO', system: 'https://www.nmc.org.in' };
    return { hiu: { id: hiuId, name }, requester: { name: 'Requesting Doctor', identifier } };
  }
}
