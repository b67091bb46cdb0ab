import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, Matches, MaxLength } from 'class-validator';
import { VISIT_STATES, type VisitState } from '../../persistence/entities/visit.entity.js';
import { PageFilter, WithoutControlCharacters } from '../page-filter.dto.js';

/** Why a visit is quarantined, for the clerk. */
export class Reason {
  code!: string;
  /** The hospital's column, or the place in the record. */
  field!: string;
  en!: string;
  hi!: string;
}

class Links {
  self!: string;
}

export class ReceivedVisit {
  /** The adapter's id of the visit. */
  id!: string;
  /** received, corrected, withdrawn; unchanged and older leave everything as it was. */
  outcome!: string;
  /** Of this moment. `linking`: what it takes to link it begins now; of a patient without an ABHA address it ends in `waiting-for-abha`. */
  state!: VisitState;
  /** Filled when the visit is quarantined. */
  reasons!: Reason[];
  /** How many values were cleaned; see the visit. */
  remarkCount!: number;
  links!: Links;
}

export class VisitFilter extends PageFilter {
  @ApiPropertyOptional({ type: String, format: 'date', description: 'The day of the visit in India, YYYY-MM-DD' })
  @IsOptional()
  @Matches(/^(?!0000)\d{4}-\d\d-\d\d$/, { message: 'must be a day, YYYY-MM-DD' })
  @IsISO8601({ strict: true }, { message: 'must be a day there is' })
  day?: string;

  @ApiPropertyOptional({ enum: VISIT_STATES })
  @IsOptional()
  @IsIn(VISIT_STATES, { message: `must be one of ${VISIT_STATES.join(', ')}` })
  state?: VisitState;

  @ApiPropertyOptional({ type: String, description: 'As the hospital writes it' })
  @IsOptional()
  @MaxLength(40, { message: 'must be a counter, of at most 40 characters' })
  @WithoutControlCharacters()
  counter?: string;
}

export class VisitSummary {
  id!: string;
  opdNumber!: string;
  rowVersion!: number;
  state!: VisitState;
  day!: string;
  @ApiProperty({ type: String, nullable: true })
  counter!: string | null;
  receivedAt!: string;
  updatedAt!: string;
}

export class VisitPage {
  visits!: VisitSummary[];
  /** Give it as `cursor` for the next page; null on the last. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

/** One cleaning. */
export class RemarkView {
  field!: string;
  rule!: string;
  came!: string;
  /** Null: not understood, kept as text. */
  @ApiProperty({ type: String, nullable: true })
  understood!: string | null;
  /** sure, likely, unsure */
  certainty!: string;
}

export class RecordView {
  hiType!: string;
  bytes!: number;
  builtAt!: string;
}

export class CareContextView {
  reference!: string;
  display!: string;
  @ApiProperty({ type: String, nullable: true })
  linkedAt!: string | null;
}

/** Something about the link that a clerk must know. */
export class LinkNotice {
  code!: string;
  en!: string;
  hi!: string;
}

export class TimelineEntry {
  at!: string;
  step!: string;
  @ApiProperty({ type: String, nullable: true })
  code!: string | null;
  /** What happened, in English and Hindi. */
  en!: string;
  hi!: string;
  /** Who can mend it: hospital, patient, abdm, operator; null when nothing is wrong. */
  @ApiProperty({ type: String, nullable: true })
  mend!: string | null;
}

export class VisitDetail extends VisitSummary {
  reasons!: Reason[];
  remarks!: RemarkView[];
  records!: RecordView[];
  @ApiProperty({ type: CareContextView, nullable: true })
  careContext!: CareContextView | null;
  /** Set when the visit was withdrawn, or its patient changed, after it was linked: a link cannot be undone. */
  @ApiProperty({ type: LinkNotice, nullable: true })
  linkNotice!: LinkNotice | null;
  timeline!: TimelineEntry[];
}
