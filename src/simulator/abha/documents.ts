import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AccountLimits } from './account-limits.js';
import { maskedMobile } from './numbers.js';
import { isPhoto } from './pictures.js';
import { Transactions } from './transactions.js';

export interface ByDocument {
  readonly txnId: string;
  readonly documentId: string;
  readonly firstName: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly dob: string;
  readonly gender: string;
  readonly frontSidePhoto: string;
  readonly backSidePhoto: string;
  readonly address: string;
  readonly state: string;
  readonly district: string;
  readonly pinCode: string;
}

/** An enrolment number from a driving licence: not yet an ABHA, a facility has to see the paper. Legacy since 2026. */
@Injectable()
export class Documents {
  constructor(
    private readonly limits: AccountLimits,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  enrol(call: AbhaCall<ByDocument>) {
    const { body } = call;
    const transaction = this.transactions.find(body.txnId);
    if (transaction?.useCase !== 'EnrolOtpDl' || !transaction.isVerified || transaction.isUsed) {
      throw this.refusals.as(call.operationId, 'txnId');
    }
    for (const side of ['frontSidePhoto', 'backSidePhoto'] as const) {
      if (!isPhoto(body[side])) throw this.refusals.field(call.operationId, side);
    }
    // A state's two letters and 13 digits; the licence register itself is not played.
    if (!/^[A-Z]{2}\d{13}$/.test(body.documentId)) throw this.refusals.as(call.operationId, 'mismatch');
    transaction.isUsed = true;
    const name = [body.firstName, body.middleName, body.lastName].filter((one) => one).join(' ');
    const { address, gender, pinCode, state: stateName, district: districtName } = body;
    const account = this.limits.open(call, {
      demographics: { name, gender, dateOfBirth: body.dob, address, pinCode, stateName, districtName, photo: null },
      mobile: transaction.destination,
      isProvisional: true,
    });
    return {
      message: 'Account created successfully',
      enrolProfile: {
        enrolmentNumber: account.abhaNumber,
        enrolmentState: 'PROVISIONAL',
        firstName: body.firstName,
        middleName: body.middleName ?? '',
        lastName: body.lastName ?? '',
        dob: body.dob.replace(/-0/g, '-'),
        gender,
        mobile: maskedMobile(transaction.destination ?? ''),
        address,
        districtCode: '',
        district: districtName,
        stateCode: '',
        state: stateName,
        abhaStatus: 'ACTIVE',
        phrAddress: [null],
      },
      isNew: true,
    };
  }
}
