import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import {
  DELIVERY_STATES,
  HOSPITAL_EVENTS,
  type DeliveryState,
  type HospitalEvent,
} from '../../persistence/entities/webhook.entity.js';
import { PageFilter } from '../page-filter.dto.js';

const eventNames = HOSPITAL_EVENTS.join(', ');

export class EndpointWishDto {
  /** Where to send: https. One endpoint a URL: the same URL again changes it. */
  @ApiProperty({ example: 'https://ehospital.example.org/abdm-events' })
  @IsString({ message: 'must be a URL' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  url!: string;

  /** What to send there. */
  @ApiProperty({ enum: HOSPITAL_EVENTS, isArray: true, example: ['visit.linked', 'visit.failed'] })
  @IsArray({ message: `must be a list of some of ${eventNames}` })
  @ArrayNotEmpty({ message: `must name at least one of ${eventNames}` })
  @ArrayMaxSize(HOSPITAL_EVENTS.length)
  @ArrayUnique({ message: 'must name each event once' })
  @IsIn(HOSPITAL_EVENTS, { each: true, message: `may hold only ${eventNames}` })
  events!: HospitalEvent[];

  /** False: nothing is sent, and events that happen meanwhile are not kept for later. */
  @ApiPropertyOptional({ type: Boolean, default: true })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  enabled = true;

  /** True: a new secret is made and shown in the answer; the old one is no longer used from then on. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  newSecret = false;
}

export class EndpointView {
  id!: string;
  url!: string;
  @ApiProperty({ enum: HOSPITAL_EVENTS, isArray: true })
  events!: HospitalEvent[];
  enabled!: boolean;
  createdAt!: string;
  updatedAt!: string;
}

export class SavedEndpoint extends EndpointView {
  /** Shown this once, when it was made just now; null otherwise. Keep it: with it you check `X-Adapter-Signature`. */
  @ApiProperty({ type: String, nullable: true })
  secret!: string | null;
}

export class EndpointList {
  webhooks!: EndpointView[];
}

export class DeliveryFilter extends PageFilter {
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  @IsOptional()
  @IsIn(DELIVERY_STATES, { message: `must be one of ${DELIVERY_STATES.join(', ')}` })
  state?: DeliveryState;
}

class WhyNot {
  /** timeout, no-connection, address-not-allowed, redirect, refused, server-error, endpoint-disabled, own-fault */
  code!: string;
  en!: string;
  hi!: string;
}

export class DeliveryView {
  /** Also in its body and in the header `X-Adapter-Delivery`; the same at every attempt. */
  id!: string;
  webhookId!: string;
  url!: string;
  event!: HospitalEvent;
  /** waiting: on its way or due again; delivered: answered with 2xx; given-up: tried for a day, or switched off. */
  state!: DeliveryState;
  attempts!: number;
  /** Why the last attempt failed; null when none did. */
  @ApiProperty({ type: WhyNot, nullable: true })
  failure!: WhyNot | null;
  @ApiProperty({ type: Number, nullable: true })
  httpStatus!: number | null;
  happenedAt!: string;
  @ApiProperty({ type: String, nullable: true })
  nextAttemptAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  endedAt!: string | null;
  /** What is sent. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  body!: object;
}

export class DeliveryPage {
  deliveries!: DeliveryView[];
  /** Give it as `cursor` for the next page; null on the last. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
