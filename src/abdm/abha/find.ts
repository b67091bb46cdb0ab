import { Injectable } from '@nestjs/common';
import type { SecretText } from '../../support/secret-text.js';
import { AbhaCaller } from './abha-caller.js';
import type { AbhasFound } from './answers.js';
import { readAbhaNumber } from './read-person.js';
import { required, unreadable } from './read-answers.js';
import { listIn, textIn } from './reading.js';
import * as typed from './typed-in.js';

/** Looking for a forgotten ABHA number. Shows masked data only and proves nothing: `AbhaLogin.requestForFound` is next. */
@Injectable()
export class AbhaFind {
  constructor(private readonly caller: AbhaCaller) {}

  /** @throws AbhaServiceError of kind `no-abha` when the mobile has none */
  async byMobile(mobile: SecretText): Promise<AbhasFound> {
    const number = typed.mobile(mobile);
    const answer = await this.caller.post(
      '/v3/profile/account/abha/search',
      (encrypt) => ({ scope: ['search-abha'], mobile: encrypt(number) }),
      { isLook: true },
    );
    const found: unknown = Array.isArray(answer) ? answer[0] : answer;
    return { txnId: required(found, 'txnId'), abhas: listIn(found, 'ABHA').map(readFound) };
  }
}

function readFound(abha: unknown): AbhasFound['abhas'][number] {
  const maskedAbhaNumber = readAbhaNumber(abha);
  if (maskedAbhaNumber === undefined) throw unreadable();
  return {
    index: required(abha, 'index'),
    maskedAbhaNumber,
    name: textIn(abha, 'name'),
    gender: textIn(abha, 'gender'),
  };
}
