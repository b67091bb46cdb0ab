import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { type Sms, SmsNotices } from '../linking/sms-notices.js';
import { AbhaStatus, type AbhaStatusWord, type StatusNotice } from '../patient-app/abha-status.js';
import { type Patient, Patients } from '../patient-app/patients.js';
import { checked } from './checked-body.js';
import { STATUS } from './patient-schemas.js';

interface StatusBody {
  readonly status?: 'DEACTIVATED' | 'DELETED';
  readonly hipIds?: readonly string[];
}

/**
 * ABHA addresses that end, and the SMS ABDM sends.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/patients/{abhaAddress}/deactivate | {status?: DEACTIVATED or DELETED, hipIds?} → {told: [{hipId, status, requestId, delivered, acknowledgedAt?}]}; link calls for it are refused with 1031 from now on, and the HIPs that hold links (or `hipIds`; [] for none) are told |
 * | POST /simulator/patients/{abhaAddress}/reactivate | {hipIds?} → the same |
 * | GET /simulator/patients/{abhaAddress}/status-notices | → [{hipId, status, requestId, delivered, acknowledgedAt?}] |
 * | GET, DELETE /simulator/sms | → [{phoneNo, hipId, hipName, requestId, at, outcome}] |
 *
 * How V3 tells a HIP is not published: contract/assumed.yaml says what is assumed; `patientStatusPath` is a setting.
 */
@Controller('simulator')
export class AbhaController {
  constructor(
    private readonly patients: Patients,
    private readonly status: AbhaStatus,
    private readonly sms: SmsNotices,
  ) {}

  @Post('patients/:abhaAddress/deactivate')
  @HttpCode(200)
  deactivate(@Param('abhaAddress') abhaAddress: string, @Body(checked(STATUS)) body: StatusBody) {
    return this.change(abhaAddress, body.status ?? 'DEACTIVATED', body.hipIds);
  }

  @Post('patients/:abhaAddress/reactivate')
  @HttpCode(200)
  reactivate(@Param('abhaAddress') abhaAddress: string, @Body(checked(STATUS)) body: StatusBody) {
    return this.change(abhaAddress, 'REACTIVATED', body.hipIds);
  }

  @Get('patients/:abhaAddress/status-notices')
  notices(@Param('abhaAddress') abhaAddress: string) {
    return this.status.of(this.found(abhaAddress).abhaAddress).map(shown);
  }

  @Get('sms')
  sent(): readonly Sms[] {
    return this.sms.list();
  }

  @Delete('sms')
  @HttpCode(204)
  forget(): void {
    this.sms.forget();
  }

  private async change(abhaAddress: string, status: AbhaStatusWord, hipIds: readonly string[] | undefined) {
    const told = await this.status.change(this.found(abhaAddress), status, hipIds);
    return { told: told.map(shown) };
  }

  private found(abhaAddress: string): Patient {
    const patient = this.patients.withAddress(abhaAddress);
    if (!patient) throw new NotFoundException('No such patient. Add her with POST /simulator/patients first.');
    return patient;
  }
}

function shown({ hipId, status, requestId, delivered, acknowledgedAt }: StatusNotice) {
  const at = acknowledgedAt === undefined ? undefined : new Date(acknowledgedAt).toISOString();
  return { hipId, status, requestId, delivered, acknowledgedAt: at };
}
