import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { Clients } from '../gateway/clients.js';
import { type Patient, Patients } from '../patient-app/patients.js';
import { type CrowdWishes, ManyScans } from '../scan-and-share/many-scans.js';
import { RunningTokens } from '../scan-and-share/running-tokens.js';
import { Scans, type ScanWishes } from '../scan-and-share/scans.js';
import { type ShareSummary, summaryOf } from '../scan-and-share/share-summary.js';
import { type Share, Shares } from '../scan-and-share/shares.js';
import { type Counter, counterIn, NotAShareUrl } from '../scan-and-share/share-url.js';
import { TokenJudge } from '../scan-and-share/token-judge.js';
import { checked } from './checked-body.js';
import { RUNNING_TOKEN, SCAN, SCANS } from './scan-schemas.js';

interface Place {
  readonly qr?: string;
  readonly hipId?: string;
  readonly counterId?: string;
}
interface ScanBody extends Place, ScanWishes {
  readonly repeat?: number;
  readonly cancel?: boolean;
}
interface ScansBody extends CrowdWishes {
  readonly qrs?: readonly string[];
  readonly hipId?: string;
  readonly counterIds?: readonly string[];
  readonly people?: readonly string[];
  readonly invented?: number;
}

/**
 * Scan and share, as people do it with their phones at the counter.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/patients/{abhaAddress}/scan | {qr} or {hipId, counterId}, and: intent?, profile? (laid over profile.patient), metaData?, overrides? (over the body), times? (under one REQUEST-ID), repeat? (each with its own), lateBySeconds? (ABDM delivers what was shared so long ago), isLost? (ABDM never delivers), cancel? (nothing is sent), wait? (until the token is there, or 30 s) → {shareRequestId, delivered, status, answeredAfterMs, token?: {tokenNumber, expirySeconds}, error?, repeats?: [the others]} |
 * | GET /simulator/patients/{abhaAddress}/tokens | → [{shareRequestId, hipId, context, status, tokenNumber, expirySeconds, answeredAfterMs, receivedAt, error?}], oldest first; `error`: what the phone shows instead |
 * | POST /simulator/patients/{abhaAddress}/running-token | {qr} or {hipId, counterId}, times? → once answered, {requestId, delivered, status, answeredAfterMs, token?: {hipId, context, runningTokenNumber, averageTokenServiceTimeInMinutes?}, error?} |
 * | POST /simulator/scans | {qrs} or {hipId, counterIds}, {people: [abhaAddress]} or {invented: 200}, perSecond?, parallel?, and the options of scan but repeat and cancel → {tookMs, summary, shares: [{shareRequestId, abhaAddress, context, delivered, status, tokenNumber}]}; people take the counters in turn |
 * | GET /simulator/shares?hipId= | → {total, byStatus, slowestMs, medianMs, p99Ms, counters: [{hipId, context, given, highest, missing}], facilities: [{hipId, given, highest, missing}], unanswered: [{shareRequestId, hipId, context}]} |
 * | DELETE /simulator/shares | all shares and tokens are forgotten |
 *
 * `delivered`: the HTTP status the callback met, 0 for none. `status`: waiting, answered, refused, late, unanswered, lost;
 * also cancelled.
 */
@Controller('simulator')
export class ScansController {
  constructor(
    private readonly contract: Contract,
    private readonly clients: Clients,
    private readonly patients: Patients,
    private readonly shares: Shares,
    private readonly scans: Scans,
    private readonly crowd: ManyScans,
    private readonly runningTokens: RunningTokens,
    private readonly judge: TokenJudge,
  ) {}

  @Post('patients/:abhaAddress/scan')
  @HttpCode(200)
  async scan(@Param('abhaAddress') abhaAddress: string, @Body(checked(SCAN)) body: ScanBody) {
    const [patient, counter] = [this.found(abhaAddress), this.place(body)];
    if (body.cancel) return { shareRequestId: null, delivered: null, status: 'cancelled' };
    const all = Array.from({ length: body.repeat ?? 1 }, () => this.scans.scan(patient, counter, body));
    const [first, ...repeats] = (await Promise.all(all)).map(seen);
    return { ...first, ...(repeats.length > 0 ? { repeats } : {}) };
  }

  @Get('patients/:abhaAddress/tokens')
  tokens(@Param('abhaAddress') abhaAddress: string) {
    return this.shares.of(abhaAddress).map((share) => this.onThePhone(share));
  }

  @Post('patients/:abhaAddress/running-token')
  @HttpCode(200)
  async runningToken(
    @Param('abhaAddress') abhaAddress: string,
    @Body(checked(RUNNING_TOKEN)) body: Place & { readonly times?: number },
  ) {
    this.found(abhaAddress);
    const { requestId, delivered, status, answeredAfterMs, token, error } = await this.runningTokens.ask(
      this.place(body),
      body.times,
    );
    return { requestId, delivered, status, answeredAfterMs, token, error };
  }

  @Post('scans')
  @HttpCode(200)
  async many(@Body(checked(SCANS)) body: ScansBody) {
    const { qrs, hipId, counterIds, people, invented, ...wishes } = body;
    const places: readonly Place[] = qrs?.map((qr) => ({ qr })) ?? counterIds?.map((one) => place(hipId, one)) ?? [];
    if (places.length === 0) throw new BadRequestException('Say where: qrs, or hipId and counterIds.');
    if (!people && !invented) throw new BadRequestException('Say who: people, or how many to invent.');
    const counters = places.map((one) => this.place(one));
    const everybody = people?.map((one) => this.found(one)) ?? this.crowd.invent(invented ?? 0);
    const started = Date.now();
    const shares = await this.crowd.scan(everybody, counters, wishes);
    return { tookMs: Date.now() - started, summary: summaryOf(shares, 'crowd'), shares: shares.map(brief) };
  }

  @Get('shares')
  summary(@Query('hipId') hipId?: string): ShareSummary {
    return summaryOf(this.shares.all(hipId), 'all');
  }

  @Delete('shares')
  @HttpCode(204)
  forget(): void {
    this.shares.forget();
    this.judge.forget();
  }

  private onThePhone(share: Share) {
    const { requestId, hipId, context, status, token, answeredAfterMs, deliveredAt, tappedAt } = share;
    const isSilent = status === 'unanswered' || status === 'late' || status === 'lost';
    return {
      shareRequestId: requestId,
      hipId,
      context,
      status,
      tokenNumber: token?.tokenNumber ?? null,
      expirySeconds: token?.expirySeconds ?? null,
      answeredAfterMs: answeredAfterMs ?? null,
      sharedAt: isoAt(tappedAt),
      receivedAt: answeredAfterMs === undefined ? null : isoAt(deliveredAt + answeredAfterMs),
      error: isSilent ? this.silence() : share.error,
    };
  }

  /** What the app shows when the HIP says nothing in time. */
  private silence() {
    const { code, message } = this.contract.scenario('phrShare', 'phr', 'ABDM-1402', '');
    return { code, message };
  }

  private found(abhaAddress: string): Patient {
    const patient = this.patients.withAddress(abhaAddress);
    if (!patient) throw new NotFoundException('No such patient. Add her with POST /simulator/patients first.');
    return patient;
  }

  private place({ qr, hipId, counterId }: Place): Counter {
    const counter = qr === undefined ? asked(hipId, counterId) : readQr(qr);
    if (!this.clients.facility(counter.hipId)) {
      throw new NotFoundException('No such facility. Add it with POST /simulator/facilities first.');
    }
    return counter;
  }
}

/** Anything goes here, so that tests can send what no QR would hold. */
function asked(hipId: string | undefined, counterId: string | undefined): Counter {
  if (hipId === undefined || counterId === undefined) {
    throw new BadRequestException('Say which counter: qr, or hipId and counterId.');
  }
  return { hipId, counterId };
}

function readQr(qr: string): Counter {
  try {
    return counterIn(qr);
  } catch (error) {
    if (error instanceof NotAShareUrl) throw new BadRequestException(error.message);
    throw error;
  }
}

const place = (hipId: string | undefined, counterId: string): Place =>
  hipId === undefined ? { counterId } : { hipId, counterId };

const seen = ({ requestId, delivered, status, answeredAfterMs, token, error }: Share) => ({
  shareRequestId: requestId,
  delivered,
  status,
  answeredAfterMs,
  token,
  error,
});

const brief = ({ requestId, abhaAddress, context, delivered, status, token }: Share) => ({
  shareRequestId: requestId,
  abhaAddress,
  context,
  delivered,
  status,
  tokenNumber: token?.tokenNumber ?? null,
});

const isoAt = (time: number): string => new Date(time).toISOString();
