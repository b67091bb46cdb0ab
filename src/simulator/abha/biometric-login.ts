import { Injectable } from '@nestjs/common';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { Biometrics } from './biometrics.js';
import { AbhaPeople } from './people.js';
import { type Transaction, Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { accountLine } from './views.js';

export interface AtOnce {
  readonly authData: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

/** v3.1: Aadhaar number and finger, iris or face in one call. */
@Injectable()
export class BiometricLogin {
  constructor(
    private readonly people: AbhaPeople,
    private readonly aadhaars: AadhaarNumbers,
    private readonly biometrics: Biometrics,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  async verify(call: AbhaCall<AtOnce>) {
    const part = Object.values(call.body.authData).find((one) => typeof one === 'object' && 'aadhaar' in one) ?? {};
    const aadhaar = await this.aadhaars.read(call, part['aadhaar'] ?? '', 'loginId');
    const account = this.people.ofAadhaar(aadhaar);
    if (!account) throw this.refusals.as(call.operationId, 'noUser');
    if (account.status !== 'ACTIVE') throw this.refusals.as('loginRequestOtp', 'deactivated');
    const { txnId } = this.proved(call, part);
    const what = call.useCase === 'V31Face' ? 'FACE' : 'BIO';
    const tokens = this.tokens.issue(call, account, txnId);
    return {
      txnId,
      authResult: 'success',
      message: `${what} verified successfully`,
      ...tokens,
      accounts: [accountLine(account)],
    };
  }

  private proved(call: AbhaCall, part: Readonly<Record<string, string>>): Transaction {
    if (call.useCase !== 'V31Face') {
      this.biometrics.check(call, part['fingerPrintAuthPid'] ?? part['irisAuthPid']);
      return this.transactions.begin(call.useCase);
    }
    const transaction = this.transactions.find(part['txnId']);
    if (!transaction || transaction.isUsed) throw this.refusals.field(call.operationId, 'txnId');
    this.biometrics.checkFace(call, transaction);
    transaction.isUsed = true;
    return transaction;
  }
}
