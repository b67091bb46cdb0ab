import { Injectable } from '@nestjs/common';
import { AbhaPeople } from './people.js';
import type { Account, AccountStatus, Demographics } from './person.js';

/** An account a test wants somebody to have. What it does not say is as the person's own. */
export interface WishedAccount {
  /** Given out when left out; `none`: address only. */
  readonly abhaNumber?: string;
  readonly abhaAddress?: string;
  readonly name?: string;
  readonly gender?: string;
  readonly dateOfBirth?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly status?: AccountStatus;
  /** On the parent's mobile, without Aadhaar. */
  readonly isChild?: boolean;
  readonly hasBenefit?: boolean;
}

/** An invented person, as the control API takes her. */
export interface Newcomer extends Demographics {
  readonly aadhaar?: string;
  /** Where UIDAI sends its OTPs; `mobile`, unless said otherwise. null: none is linked. */
  readonly aadhaarMobile?: string | null;
  /** Where ABHA sends its OTPs. */
  readonly mobile?: string;
  readonly accounts?: readonly WishedAccount[];
}

/** Brings invented people into UIDAI's register and gives them their accounts. */
@Injectable()
export class Newcomers {
  constructor(private readonly people: AbhaPeople) {}

  add({ aadhaar, aadhaarMobile, mobile, accounts, ...demographics }: Newcomer): readonly Account[] {
    const linked = aadhaarMobile === undefined ? mobile : (aadhaarMobile ?? undefined);
    if (aadhaar !== undefined) this.people.addHolder({ aadhaar, demographics, mobile: linked });
    let parent: Account | undefined;
    return (accounts ?? []).map((wish) => {
      const account = this.account(wish, demographics, parent, mobile ?? linked, aadhaar);
      if (!wish.isChild) parent ??= account;
      return account;
    });
  }

  private account(
    { isChild, name, gender, dateOfBirth, ...wish }: WishedAccount,
    demographics: Demographics,
    first: Account | undefined,
    mobile: string | undefined,
    aadhaar: string | undefined,
  ): Account {
    // One Aadhaar number has one ABHA number; further accounts came about without it.
    const isAadhaars = !isChild && first === undefined && wish.abhaNumber !== 'none';
    return this.people.addAccount({
      mobile,
      ...wish,
      demographics: {
        ...demographics,
        name: name ?? demographics.name,
        gender: gender ?? demographics.gender,
        dateOfBirth: dateOfBirth ?? demographics.dateOfBirth,
      },
      aadhaar: isAadhaars ? aadhaar : undefined,
      parent: isChild ? first?.abhaNumber : undefined,
    });
  }
}
