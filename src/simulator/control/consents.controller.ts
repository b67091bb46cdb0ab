import { BadRequestException, Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import type { ArtefactWishes } from '../consent-manager/artefacts.js';
import { type Consent, Consents, type NoticeWishes } from '../consent-manager/consents.js';
import type { CareContextReference, Grant } from '../consent-manager/grant.js';
import { type RequestWishes, type Transfer, Transfers } from '../consent-manager/transfers.js';
import { type Link, Links } from '../linking/links.js';
import { PatientApp } from '../patient-app/patient-app.js';
import { checked } from './checked-body.js';
import { CONSENT, CONSENT_REQUEST, NOTICE } from './schemas.js';

type ConsentBody = Pick<Grant, 'abhaAddress' | 'hipId' | 'hiuId'> &
  Partial<Omit<Grant, 'careContexts'>> & { readonly careContexts?: readonly (string | CareContextReference)[] } & {
    readonly silent?: boolean;
    readonly addressedTo?: string;
  } & ArtefactWishes;

/**
 * Consents and transfers by hand.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/consents | {abhaAddress, hipId, hiuId?, careContexts?, hiTypes?, dateRange?, dataEraseAt?, frequency?, purpose?} → {consentId}; what is left out: everything linked, 20 years, 30 days, PATRQT (CAREMGT with hiuId) |
 * | …the same | {silent?}: the HIP is not told (see notices); {addressedTo?}: X-HIP-ID of the notice; {artefactHipId?, withoutHiu?, overrides?, signature?}: what the artefact says instead of the truth |
 * | GET /simulator/consents/{id} | → {consentId, status, acknowledgements: {GRANTED: {sentAt, deliveredAt, acknowledgedAt, outcome}, …}, notices: [{status, requestId, addressedTo?, …}], transfers: [{transactionId, state, error?}]} |
 * | POST /simulator/consents/{id}/notices | {status?, repeat?, times?, addressedTo?} → {requestId, delivered}; tells the HIP (again); `repeat`: the latest notice of this status under its REQUEST-ID |
 * | POST /simulator/consents/{id}/revoke, …/expire | tells the HIP |
 * | POST /simulator/consents/{id}/request | {dateRange?, dataPushUrl?, hiuId?, consentId?, addressedTo?, spki?, force?, pushAnswers?} → {transactionId}, once sent or refused; `force` does not wait for the acknowledgement; `consentId`: another one stands in the request; `pushAnswers`: [{status?, delayMs?, times?, page?, dropConnection?, loseAnswer?, hang?, redirectTo?}], each meets the pages it names (`times` of them) in this order |
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
    const { careContexts, silent, addressedTo, artefactHipId, withoutHiu, overrides, signature, ...rest } = body;
    const named = careContexts?.map((one) => (typeof one === 'string' ? reference(one, links) : one));
    const grant: Grant = {
      ...this.app.everything(body.abhaAddress, body.hipId, links),
      ...(body.hiuId === undefined ? {} : { purpose: 'CAREMGT' }),
      ...rest,
      ...(named ? { careContexts: named } : {}),
    };
    const consent = this.consents.grantSilently(grant, { artefactHipId, withoutHiu, overrides, signature });
    if (!silent) void this.consents.tell(consent, { addressedTo });
    return { consentId: consent.consentId };
  }

  @Get('consents/:id')
  consent(@Param('id') id: string) {
    const consent = this.found(id);
    const notices = consent.notices.map((one) => ({
      status: one.status,
      requestId: one.requestId,
      addressedTo: one.addressedTo,
      sentAt: iso(one.sentAt),
      deliveredAt: iso(one.deliveredAt),
      acknowledgedAt: iso(one.acknowledgedAt),
      outcome: one.outcome,
    }));
    const transfers = this.transfers
      .ofConsent(id)
      .map(({ transactionId, state, error }) => ({ transactionId, state, error }));
    const acknowledgements = Object.fromEntries(notices.map((one) => [one.status, one]));
    return { consentId: id, status: consent.status, acknowledgements, notices, transfers };
  }

  @Post('consents/:id/notices')
  @HttpCode(200)
  notices(@Param('id') id: string, @Body(checked(NOTICE)) wishes: NoticeWishes) {
    return this.consents.tell(this.found(id), wishes);
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
