import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { AbhaPeople, type NewAccount } from './people.js';
import type { Account } from './person.js';

/** Opens accounts, as many as NHA allows on one mobile and for one client. */
@Injectable()
export class AccountLimits {
  private readonly openedBy = new Map<string, number>();

  constructor(
    private readonly people: AbhaPeople,
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
  ) {}

  open(call: AbhaCall, wish: NewAccount): Account {
    const opened = this.openedBy.get(call.clientId) ?? 0;
    if (opened >= this.settings.current.accountsPerClient) throw this.refusals.as(call.operationId, 'clientLimit');
    this.mayHold(call, wish.mobile);
    this.openedBy.set(call.clientId, opened + 1);
    return this.people.addAccount(wish);
  }

  /** @throws Refusal when six accounts have this mobile already */
  mayHold(call: AbhaCall, mobile: string | undefined, except?: Account): void {
    if (mobile === undefined) return;
    const others = this.people.onMobile(mobile).filter((one) => one !== except);
    if (others.length >= this.settings.current.accountsPerMobile) {
      throw this.refusals.as(call.operationId, 'mobileLimit');
    }
  }
}
