import { BadRequestException, Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { type CareContextReference, type Consent, Consents, type Grant } from '../consent-manager/consents.js';
import { type RequestWishes, type Transfer, Transfers } from '../consent-manager/transfers.js';
import { type Link, Links } from '../linking/links.js';
import { PatientApp } from '../patient-app/patient-app.js';
import { checked } from './checked-body.js';
import { CONSENT, CONSENT_REQUEST } from './schemas.js';

type ConsentBody = Pick<Grant, 'abhaAddress' | 'hipId' | 'hiuId'> &
  Partial<Omit<Grant, 'careContexts'>> & { readonly careContexts?: readonly (string | CareContextReference)[] };

/**
 * Consents and transfers by hand.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/consents | {abhaAddress, hipId, hiuId?, careContexts?, hiTypes?, dateRange?, dataEraseAt?, frequency?, purpose?} → {consentId}; what is left out: everything linked, 20 years, 30 days, PATRQT (CAREMGT with hiuId) |
 * | GET /simulator/consents/{id} | → {consentId, status, acknowledgements: {GRANTED: {sentAt, deliveredAt, acknowledgedAt, outcome}, …}} |
 * | POST /simulator/consents/{id}/revoke, …/expire | tells the HIP |
 * | POST /simulator/consents/{id}/request | {dateRange?, dataPushUrl?, hiuId?, spki?, force?} → {transactionId}, once sent or refused; `force` does not wait for the acknowledgement |
 * | GET /simulator/transfers/{transactionId} | → {state, error?, pageCount, pages, entries: [{careContextReference, page, plaintext, checksumMatches}], notify} |
 */
@Controller('simulator')
export class ConsentsController {
  constructor(
    private readonly consents: Consents,
    private readonly transfers: Transfers,
    private readonly links: Links,
    private readonly app: PatientApp,
  ) {}

  @Post('consents')
  grant(@Body(checked(CONSENT)) body: ConsentBody): { consentId: string } {
    const links = this.links.of(body.abhaAddress).filter((link) => link.hipId === body.hipId);
    const { careContexts, ...rest } = body;
    const named = careContexts?.map((one) => (typeof one === 'string' ? reference(one, links) : one));
    const grant: Grant = {
      ...this.app.everything(body.abhaAddress, body.hipId, links),
      ...(body.hiuId === undefined ? {} : { purpose: 'CAREMGT' }),
      ...rest,
      ...(named ? { careContexts: named } : {}),
    };
    return { consentId: this.consents.grant(grant).consentId };
  }

  @Get('consents/:id')
  consent(@Param('id') id: string) {
    const consent = this.found(id);
    const acknowledgements = Object.fromEntries(
      consent.notices.map(({ status, sentAt, deliveredAt, acknowledgedAt, outcome }) => [
        status,
        { sentAt: iso(sentAt), deliveredAt: iso(deliveredAt), acknowledgedAt: iso(acknowledgedAt), outcome },
      ]),
    );
    return { consentId: id, status: consent.status, acknowledgements };
  }

  @Post('consents/:id/revoke')
  @HttpCode(202)
  revoke(@Param('id') id: string): void {
    this.consents.end(this.found(id), 'REVOKED');
  }

  @Post('consents/:id/expire')
  @HttpCode(202)
  expire(@Param('id') id: string): void {
    this.consents.end(this.found(id), 'EXPIRED');
  }

  @Post('consents/:id/request')
  @HttpCode(200)
  async request(@Param('id') id: string, @Body(checked(CONSENT_REQUEST)) wishes: RequestWishes) {
    const { transactionId } = await this.transfers.request(this.found(id), wishes);
    return { transactionId };
  }

  @Get('transfers/:transactionId')
  transfer(@Param('transactionId') transactionId: string) {
    const transfer = this.transfers.find(transactionId);
    if (!transfer) throw new NotFoundException('No such transfer.');
    return shown(transfer);
  }

  private found(id: string): Consent {
    const consent = this.consents.find(id);
    if (!consent) throw new NotFoundException('No such consent. Grant one with POST /simulator/consents.');
    return consent;
  }
}

function shown(transfer: Transfer) {
  return {
    transactionId: transfer.transactionId,
    consentId: transfer.consent.consentId,
    state: transfer.state,
    error: transfer.error,
    pageCount: transfer.pageCount,
    pages: transfer.pages.size,
    entries: [...transfer.pages.values()].flat(),
    notify: transfer.notice,
    requestedAt: iso(transfer.requestedAt),
    closedAt: iso(transfer.closedAt),
  };
}

function reference(careContextReference: string, links: readonly Link[]): CareContextReference {
  const link = links.find((one) => one.careContextReference === careContextReference);
  if (!link) throw new BadRequestException('This care context is not linked; give its patientReference as well.');
  return { patientReference: link.patientReference, careContextReference };
}

const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();
