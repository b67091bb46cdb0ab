import { BadRequestException, Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Discover, type DiscoverWishes } from '../discovery/discover.js';
import { Discoveries, type Discovery, type NamedContext } from '../discovery/discoveries.js';
import { type ConfirmWishes, LinkConfirms } from '../discovery/link-confirms.js';
import { type InitWishes, LinkInits } from '../discovery/link-inits.js';
import { Patients } from '../patient-app/patients.js';
import { checked } from './checked-body.js';
import { CONFIRM, DISCOVER, INIT } from './patient-schemas.js';

type ChosenByName = string | (Omit<NamedContext, 'hiType' | 'display'> & { readonly hiType?: string });
type InitBody = Omit<InitWishes, 'chosen'> & { readonly careContexts?: readonly ChosenByName[] };
type ConfirmBody = Omit<ConfirmWishes, 'linkRefNumber'> & { readonly linkRefNumber?: string };

/**
 * User-initiated linking, as the patient does it with her app. Each POST returns when the HIP has taken the callback
 * (`delivered`: its HTTP status, 0 for none); the answer comes later and is seen by GET.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/patients/{abhaAddress}/discover | {hipId, mobile?, unverified?: [{type, value}], overrides?, times?} → {transactionId, delivered}; `overrides` are laid over `patient` of the callback; `times`: under one REQUEST-ID |
 * | GET /simulator/discoveries/{transactionId} | → {transactionId, abhaAddress, hipId, state, delivered, answerMs, offered: [{patientReference, careContextReference, hiType, display}], matchedBy, error?, init?: {state, delivered, answerMs, chosen, linkRefNumber?, communication?: {medium, hint, expiry}, error?}, confirm?: {state, delivered, answerMs, linked, error?}}; `state`: waiting, answered, refused (also timed-out, of a discovery) |
 * | GET /simulator/discoveries | → all of them |
 * | POST /simulator/discoveries/{transactionId}/init | {careContexts?, overrides?, hipId?, times?} → {transactionId, delivered}; no careContexts: all that was offered; a text is a reference that was offered, {patientReference, careContextReference, hiType?} goes out also when it was not; `overrides` are laid over the callback, with `error` it is ABDM's refusal |
 * | POST /simulator/discoveries/{transactionId}/confirm | {token, linkRefNumber?, hipId?, times?} → {transactionId, delivered}; `token` a text or a number; `linkRefNumber`: another one than the init's |
 */
@Controller('simulator')
export class DiscoveriesController {
  constructor(
    private readonly patients: Patients,
    private readonly discoveries: Discoveries,
    private readonly discover: Discover,
    private readonly inits: LinkInits,
    private readonly confirms: LinkConfirms,
  ) {}

  @Post('patients/:abhaAddress/discover')
  @HttpCode(200)
  async ask(@Param('abhaAddress') abhaAddress: string, @Body(checked(DISCOVER)) wishes: DiscoverWishes) {
    const patient = this.patients.withAddress(abhaAddress);
    if (!patient) throw new NotFoundException('No such patient. Add her with POST /simulator/patients first.');
    const { transactionId, delivered } = await this.discover.ask(patient, wishes);
    return { transactionId, delivered };
  }

  @Get('discoveries')
  all() {
    return this.discoveries.all().map(shown);
  }

  @Get('discoveries/:transactionId')
  one(@Param('transactionId') transactionId: string) {
    return shown(this.found(transactionId));
  }

  @Post('discoveries/:transactionId/init')
  @HttpCode(200)
  async init(@Param('transactionId') transactionId: string, @Body(checked(INIT)) body: InitBody) {
    const discovery = this.found(transactionId);
    const { careContexts, ...rest } = body;
    const chosen = careContexts?.flatMap((one) => named(one, discovery.offered)) ?? discovery.offered;
    if (chosen.length === 0 && !body.overrides) throw new BadRequestException('Nothing was offered to choose from.');
    const { delivered } = await this.inits.ask(discovery, { ...rest, chosen });
    return { transactionId, delivered };
  }

  @Post('discoveries/:transactionId/confirm')
  @HttpCode(200)
  async confirm(@Param('transactionId') transactionId: string, @Body(checked(CONFIRM)) body: ConfirmBody) {
    const discovery = this.found(transactionId);
    const linkRefNumber = body.linkRefNumber ?? discovery.init?.linkRefNumber;
    if (linkRefNumber === undefined) {
      throw new BadRequestException('The HIP has given no link reference yet: look at init, or give linkRefNumber.');
    }
    const { delivered } = await this.confirms.ask(discovery, { ...body, linkRefNumber });
    return { transactionId, delivered };
  }

  private found(transactionId: string): Discovery {
    const discovery = this.discoveries.find(transactionId);
    if (!discovery) throw new NotFoundException('No such discovery. Begin with POST /simulator/patients/{…}/discover.');
    return discovery;
  }
}

function shown({ identifierTypes, askedAt, ...rest }: Discovery) {
  return { ...rest, askedAt: new Date(askedAt).toISOString(), identifierTypes: [...identifierTypes] };
}

function named(one: ChosenByName, offered: readonly NamedContext[]): readonly NamedContext[] {
  if (typeof one !== 'string') return [{ hiType: 'OPConsultation', display: '', ...one }];
  const hits = offered.filter(({ careContextReference }) => careContextReference === one);
  if (hits.length > 0) return hits;
  throw new BadRequestException('This care context was not offered; give its patientReference as well to send it.');
}
