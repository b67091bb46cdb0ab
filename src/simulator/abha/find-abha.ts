import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { EncryptionKeys } from './encryption-keys.js';
import { isMobile, maskedMobile } from './numbers.js';
import { AbhaPeople } from './people.js';
import { Transactions } from './transactions.js';
import { authMethods } from './views.js';

/** Looks for an ABHA without proving anything: what it shows is masked. */
@Injectable()
export class FindAbha {
  constructor(
    private readonly people: AbhaPeople,
    private readonly keys: EncryptionKeys,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  async byMobile(call: AbhaCall<{ readonly mobile: string }>) {
    const mobile = await this.keys.decrypted(call, call.body.mobile);
    if (mobile === undefined || !isMobile(mobile)) throw this.refusals.as(call.operationId, 'mobile');
    const accounts = this.people.onMobile(mobile).filter((one) => !one.isProvisional);
    if (accounts.length === 0) throw this.refusals.as(call.operationId, 'none');
    const { txnId } = this.transactions.begin(call.operationId, { accounts });
    const ABHA = accounts.map((one, i) => ({
      index: i + 1,
      ABHANumber: `xx-xxxx-xxxx-XX${one.abhaNumber?.slice(-2) ?? ''}`,
      name: one.demographics.name,
      gender: one.demographics.gender,
    }));
    return [{ txnId, ABHA }];
  }

  byNumber(call: AbhaCall<{ readonly ABHANumber: string }>) {
    const account = this.people.withNumber(call.body.ABHANumber);
    if (!account) throw this.refusals.as('loginRequestOtp', 'noUser');
    return {
      preferredAbhaAddress: account.preferredAddress,
      ABHANumber: account.abhaNumber,
      authMethods: authMethods(account),
      tags: {},
      blockedAuthMethods: [],
      status: account.status,
      verificationStatus: 'VERIFIED',
      mobile: account.mobile === undefined ? '' : maskedMobile(account.mobile),
      verificationType: 'AADHAAR',
      isDocumentAccount: account.isProvisional,
    };
  }
}
