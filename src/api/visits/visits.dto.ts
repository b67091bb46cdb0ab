import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { VISIT_STATES, type VisitState } from '../../persistence/entities/visit.entity.js';

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
  state!: VisitState;
  /** Filled when the visit is quarantined. */
  reasons!: Reason[];
  /** How many values were cleaned; see the visit. */
  remarkCount!: number;
  links!: Links;
}

export class VisitFilter {
  /** The day of the visit in India, YYYY-MM-DD. */
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a day there is' })
  @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'must be a day, YYYY-MM-DD' })
  day?: string;
  @IsOptional() @IsIn(VISIT_STATES, { message: `must be one of ${VISIT_STATES.join(', ')}` }) state?: VisitState;
  @IsOptional()
  @IsString()
  @MaxLength(40)
  @Matches(/^\P{Cc}*$/u, { message: 'must not hold control characters' })
  counter?: string;
  /** 1 to 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit = 50;
  /** `next` of the page before. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value)
  @Matches(/^[A-Za-z0-9_-]{10,120}$/, { message: 'must be the `next` of a page before' })
  cursor?: string;
}

export class VisitSummary {
  id!: string;
  opdNumber!: string;
  rowVersion!: number;
  state!: VisitState;
  day!: string;
  counter!: string | null;
  receivedAt!: string;
  updatedAt!: string;
}

export class VisitPage {
  visits!: VisitSummary[];
  /** Give it as `cursor` for the next page; null on the last. */
  next!: string | null;
}

/** One cleaning. */
export class RemarkView {
  field!: string;
  rule!: string;
  came!: string;
  /** Null: not understood, kept as text. */
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
  code!: string | null;
  /** What happened, in English and Hindi. */
  en!: string;
  hi!: string;
  /** Who can mend it: hospital, patient, abdm, operator; null when nothing is wrong. */
  mend!: string | null;
}

export class VisitDetail extends VisitSummary {
  reasons!: Reason[];
  remarks!: RemarkView[];
  records!: RecordView[];
  careContext!: CareContextView | null;
  /** Set when the visit was withdrawn, or its patient changed, after it was linked: a link cannot be undone. */
  linkNotice!: LinkNotice | null;
  timeline!: TimelineEntry[];
}
