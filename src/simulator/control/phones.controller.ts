import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { signedText } from '../gateway/body-parser.js';
import { Phones, type ReceivedSms, type SmsToSend } from '../patient-app/phones.js';
import { Settings } from '../settings.js';
import { checked } from './checked-body.js';
import { SMS } from './patient-schemas.js';

/** Clocks may differ so much. */
const SECONDS_OFF = 300;

/**
 * The hospital's SMS gateway and the patients' phones, so that a person can read the codes the adapter sends.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/sms-gateway | {mobile, text: {en, hi}, expiresAt} with X-Adapter-Signature, as the adapter sends it to OTP_WEBHOOK_URL; 404 unless the simulator was started with `smsGatewaySecret` (SIMULATOR_SMS_GATEWAY_SECRET) |
 * | GET /simulator/phones/{mobile}/messages | → [{at, text: {en, hi}, expiresAt}], newest first |
 */
@Controller('simulator')
export class PhonesController {
  constructor(
    private readonly settings: Settings,
    private readonly phones: Phones,
  ) {}

  @Post('sms-gateway')
  @HttpCode(202)
  send(@Body(checked(SMS)) sms: SmsToSend, @Req() request: FastifyRequest): void {
    const { smsGatewaySecret: secret } = this.settings;
    if (secret === undefined) throw new NotFoundException('Start the simulator with SIMULATOR_SMS_GATEWAY_SECRET.');
    const signature = String(request.headers['x-adapter-signature']);
    if (!isSigned(signature, signedText(request), secret)) throw new UnauthorizedException('The signature is wrong.');
    this.phones.receive(sms);
  }

  @Get('phones/:mobile/messages')
  messages(@Param('mobile') mobile: string): readonly ReceivedSms[] {
    return this.phones.messagesOf(mobile);
  }
}

function isSigned(signature: string, text: string, secret: string): boolean {
  const [, seconds = '', hmac = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (Math.abs(Date.now() / 1000 - Number(seconds)) > SECONDS_OFF) return false;
  const right = createHmac('sha256', secret).update(`${seconds}.${text}`).digest();
  const told = Buffer.from(hmac, 'hex');
  return told.length === right.length && timingSafeEqual(told, right);
}
