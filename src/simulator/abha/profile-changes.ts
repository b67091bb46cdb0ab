import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { Benefits } from './benefits.js';
import { AbhaPeople } from './people.js';
import type { Account } from './person.js';
import { isPhoto } from './pictures.js';
import { UserTokens } from './user-tokens.js';
import { profile } from './views.js';

export interface ProfilePatch {
  readonly abhaNumber?: string;
  readonly name?: string;
  readonly dob?: string;
  readonly gender?: string;
  readonly profilePhoto?: string;
}

/** What needs no OTP: the owner's photo; and a child's details, once, by an approved programme. */
@Injectable()
export class ProfileChanges {
  private readonly changedOnce = new Set<Account>();

  constructor(
    private readonly people: AbhaPeople,
    private readonly tokens: UserTokens,
    private readonly benefits: Benefits,
    private readonly refusals: AbhaRefusals,
  ) {}

  patch(call: AbhaCall<ProfilePatch>) {
    const owner = this.tokens.person(call);
    const { abhaNumber, profilePhoto } = call.body;
    if (abhaNumber !== undefined) return this.patchChild(call, owner, abhaNumber);
    if (profilePhoto === undefined) throw this.refusals.as(call.operationId, 'nothing');
    if (!isPhoto(profilePhoto)) throw this.refusals.as(call.operationId, 'photo');
    owner.demographics = { ...owner.demographics, photo: profilePhoto };
    return profile(owner);
  }

  private patchChild(call: AbhaCall<ProfilePatch>, owner: Account, abhaNumber: string) {
    this.benefits.check(call);
    const child = this.people.withNumber(abhaNumber);
    const isOwn = child && (child === owner || child.parent === owner.abhaNumber);
    if (!child || !isOwn) throw this.refusals.as(call.operationId, 'noUser');
    if (this.changedOnce.has(child)) throw this.refusals.as(call.operationId, 'once');
    const { name, dob, gender, profilePhoto: photo } = call.body;
    if (photo !== undefined && !isPhoto(photo)) throw this.refusals.as(call.operationId, 'photo');
    const old = child.demographics;
    child.demographics = {
      ...old,
      name: name ?? old.name,
      gender: gender ?? old.gender,
      dateOfBirth: dob?.split('-').reverse().join('-') ?? old.dateOfBirth,
      photo: photo ?? old.photo,
    };
    this.changedOnce.add(child);
    this.people.tellConsentManager(child);
    return profile(child);
  }
}
