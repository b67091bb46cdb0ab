import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Post,
  Query,
} from '@nestjs/common';
import { AbhaClock } from '../abha/abha-clock.js';
import { type AbhaSettingValues, AbhaSettings } from '../abha/abha-settings.js';
import { EncryptionKeys } from '../abha/encryption-keys.js';
import { Newcomers, type Newcomer } from '../abha/newcomers.js';
import { isAadhaar } from '../abha/numbers.js';
import { Otps, type ReceivedOtp } from '../abha/otps.js';
import { AbhaPeople } from '../abha/people.js';
import type { Account } from '../abha/person.js';
import { Personas, PERSONAS } from '../abha/personas.js';
import { type FaceState, Transactions } from '../abha/transactions.js';
import { UserTokens } from '../abha/user-tokens.js';
import { type Fault, Faults } from '../gateway/faults.js';
import { type AbhaFaultWish, abhaFault } from '../abha/abha-faults.js';
import { ABHA_FAULT, ABHA_SETTINGS, CLOCK, FACE, NAMES, PEOPLE } from './abha-service-schemas.js';
import { checked } from './checked-body.js';

/**
 * The ABHA service: who there is, what their phones receive, and how it misbehaves.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/abha/people | {name, gender, dateOfBirth, aadhaar?, aadhaarMobile?, mobile?, address?, …, photo?, accounts?: [{abhaNumber?, abhaAddress?, name?, …, status?, isChild?, hasBenefit?}]} or an array → [{aadhaar, …, accounts}] |
 * | GET /simulator/abha/people | → every account |
 * | GET /simulator/abha/personas | → the names of ready-made people |
 * | POST /simulator/abha/personas | {names?} → those people, all without names |
 * | GET, DELETE /simulator/abha/otps?mobile= | → [{mobile, sender, purpose, otp, txnId, at}], the newest last; DELETE also forgets logins that were not finished |
 * | POST /simulator/abha/face | {txnId, state: VERIFIED (scanned), COMPLETE (face taken) or FAILED} |
 * | POST /simulator/abha/faults | {operationId, times?, delayMs?, status?, code?, message?, shape?: wrapped, flat, array, fields or message, field?, isEmpty?, loseAnswer?} |
 * | POST /simulator/abha/keys/rotate | another encryption key counts from now on |
 * | POST /simulator/abha/clock | {forwardSeconds}: OTPs and tokens age |
 * | DELETE /simulator/abha/sessions | all X-, T- and R-tokens end now |
 * | GET, POST /simulator/abha/settings | any of AbhaSettings |
 */
@Controller('simulator/abha')
export class AbhaServiceController {
  constructor(
    private readonly people: AbhaPeople,
    private readonly newcomers: Newcomers,
    private readonly ready: Personas,
    private readonly otps: Otps,
    private readonly transactions: Transactions,
    private readonly tokens: UserTokens,
    private readonly keys: EncryptionKeys,
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
    private readonly faults: Faults,
  ) {}

  @Post('people')
  add(@Body(checked(PEOPLE)) body: Newcomer | readonly Newcomer[]) {
    const all = Array.isArray(body) ? (body as readonly Newcomer[]) : [body as Newcomer];
    if (all.some(({ aadhaar }) => aadhaar !== undefined && !isAadhaar(aadhaar))) {
      throw new BadRequestException('aadhaar must have 12 digits and a right Verhoeff digit.');
    }
    return all.map((one) => shownPerson(one, this.newcomers.add(one)));
  }

  @Get('people')
  accounts() {
    return this.people.all().map(shown);
  }

  @Get('personas')
  names(): string[] {
    return Object.keys(PERSONAS);
  }

  @Post('personas')
  seed(@Body(checked(NAMES)) { names }: { readonly names?: readonly string[] }) {
    return (names ?? Object.keys(PERSONAS)).map((name) => {
      const seeded = this.ready.seed(name);
      if (!seeded) throw new NotFoundException('No such persona. GET /simulator/abha/personas lists them.');
      return { persona: name, ...shownPerson(seeded.person, seeded.accounts) };
    });
  }

  @Get('otps')
  received(@Query('mobile') mobile?: string): readonly ReceivedOtp[] {
    return this.otps.list(mobile);
  }

  @Delete('otps')
  @HttpCode(204)
  forgetOtps(): void {
    this.otps.forget();
  }

  @Post('face')
  @HttpCode(200)
  face(@Body(checked(FACE)) { txnId, state }: { readonly txnId: string; readonly state: FaceState }) {
    const transaction = this.transactions.find(txnId);
    if (transaction?.face === undefined) throw new NotFoundException('No face is awaited in this transaction.');
    transaction.face = state;
    return { txnId, state };
  }

  @Post('faults')
  arm(@Body(checked(ABHA_FAULT)) wish: AbhaFaultWish): Fault {
    const fault = abhaFault(wish);
    this.faults.arm(fault);
    return fault;
  }

  @Post('keys/rotate')
  @HttpCode(204)
  rotate(): void {
    this.keys.rotate();
  }

  @Post('clock')
  @HttpCode(200)
  forward(@Body(checked(CLOCK)) { forwardSeconds }: { readonly forwardSeconds: number }) {
    this.clock.forward(forwardSeconds);
    return { now: new Date(this.clock.now()).toISOString() };
  }

  @Delete('sessions')
  @HttpCode(204)
  endSessions(): void {
    this.tokens.endAll();
  }

  @Get('settings')
  current(): Readonly<AbhaSettingValues> {
    return this.settings.current;
  }

  @Post('settings')
  @HttpCode(200)
  change(@Body(checked(ABHA_SETTINGS)) body: Partial<AbhaSettingValues>): Readonly<AbhaSettingValues> {
    this.settings.change(body);
    return this.settings.current;
  }
}

function shownPerson(person: Newcomer, accounts: readonly Account[]) {
  const { aadhaar, name, gender, dateOfBirth, aadhaarMobile, mobile } = person;
  return { aadhaar, name, gender, dateOfBirth, aadhaarMobile, mobile, accounts: accounts.map(shown) };
}

function shown({ demographics, abhaNumber, preferredAddress, addresses, mobile, email, status, parent }: Account) {
  const { name, gender, dateOfBirth } = demographics;
  const isChild = parent !== undefined;
  return {
    abhaNumber,
    abhaAddress: preferredAddress,
    addresses,
    name,
    gender,
    dateOfBirth,
    mobile,
    email,
    status,
    isChild,
  };
}
