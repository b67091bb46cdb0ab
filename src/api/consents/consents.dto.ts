import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Length } from 'class-validator';
import { PageFilter, WithoutControlCharacters } from '../page-filter.dto.js';

const STATUSES = ['GRANTED', 'REVOKED', 'EXPIRED'] as const;
export type ConsentStatus = (typeof STATUSES)[number];

export class ConsentFilter extends PageFilter {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES, { message: `must be one of ${STATUSES.join(', ')}` })
  status?: ConsentStatus;

  @ApiPropertyOptional({
    type: String,
    description: 'The hospital’s own number of the patient, as it sends it with her visits',
  })
  @IsOptional()
  @Length(1, 64, { message: 'must be a patient number of the hospital, of 1 to 64 characters' })
  @WithoutControlCharacters()
  patientUhid?: string;
}

/** What is kept of every consent, also after its end. */
export class ConsentSummary {
  id!: string;
  status!: ConsentStatus;
  /** Who may ask for records under it: an id of ABDM's. Null when the artefact named none, or never came. */
  @ApiProperty({ type: String, nullable: true })
  hiuId!: string | null;
  /** ABDM's code: CAREMGT, PATRQT … */
  @ApiProperty({ type: String, nullable: true })
  purpose!: string | null;
  @ApiProperty({ type: String, nullable: true })
  grantedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  endedAt!: string | null;
  /** When it ends by itself (ABDM's dataEraseAt). */
  @ApiProperty({ type: String, nullable: true })
  expiresAt!: string | null;
  /** `unverified`: nobody could check ABDM's signature on the artefact. That is not a sign of anything wrong. */
  signatureCheck!: string;
}

export class ConsentPage {
  consents!: ConsentSummary[];
  /** Give it as `cursor` for the next page; null on the last. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

class ConsentHistoryLine {
  status!: ConsentStatus;
  at!: string;
  /** Set where it ended for another reason than a notice of its own. */
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

class AcknowledgementView {
  /** When the notice was handled here. */
  at!: string;
  /** When ABDM took our answer; null: not yet, or never. */
  @ApiProperty({ type: String, nullable: true })
  sentAt!: string | null;
  /** waiting, answered (ABDM has it), refused, failed */
  state!: string;
  /** OK, or the code of the error we answered with. */
  @ApiProperty({ type: String, nullable: true })
  said!: string | null;
}

class VisitOfConsent {
  id!: string;
  opdNumber!: string;
  day!: string;
  state!: string;
}

class CareContextOfConsent {
  reference!: string;
  /** Null: this facility has no such care context. */
  @ApiProperty({ type: VisitOfConsent, nullable: true })
  visit!: VisitOfConsent | null;
}

class ConsentFrequency {
  unit!: string;
  value!: number;
  /** So many requests in each `value` × `unit`; 0: as often as wanted. */
  repeats!: number;
}

class ConsentTermsView {
  /** Where the artefact says it. */
  @ApiProperty({ type: String, nullable: true })
  hiuName!: string | null;
  hiTypes!: string[];
  /** Records of visits from … to …, as the artefact spells it. */
  from!: string;
  to!: string;
  frequency!: ConsentFrequency;
  careContexts!: CareContextOfConsent[];
}

class ConsentUse {
  /** Requests for records that were accepted. */
  accepted!: number;
  refused!: number;
  @ApiProperty({ type: String, nullable: true })
  lastAt!: string | null;
}

export class ConsentView extends ConsentSummary {
  /** Oldest first. */
  history!: ConsentHistoryLine[];
  /** Every answer we gave to ABDM's notices about it. */
  acknowledgements!: AcknowledgementView[];
  /** Null once it has ended: the artefact is erased then, and only the rest of this page is kept. */
  @ApiProperty({ type: ConsentTermsView, nullable: true })
  terms!: ConsentTermsView | null;
  use!: ConsentUse;
}
