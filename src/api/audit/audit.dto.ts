import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { AUDIT_ACTIONS, type AuditAction } from '../../persistence/audit.js';
import { PageFilter, WithoutControlCharacters } from '../page-filter.dto.js';

/** A day, or an instant with its offset. */
const WHEN = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/;
const WHEN_MESSAGE =
  'must be a day (2026-11-22) or a time with its offset (2026-11-22T10:00:00Z; in a URL write + as %2B)';

export class AuditFilter extends PageFilter {
  @ApiPropertyOptional({
    type: String,
    description: 'The hospital’s own number of the patient, as it sends it with her visits',
  })
  @IsOptional()
  @Length(1, 64, { message: 'must be a patient number of the hospital, of 1 to 64 characters' })
  @WithoutControlCharacters()
  patientUhid?: string;

  @ApiPropertyOptional({ type: String, description: 'The visit’s id here, or its OPD number' })
  @IsOptional()
  @Length(1, 64, { message: 'must be a visit’s id or OPD number' })
  @WithoutControlCharacters()
  visit?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all', { message: 'must be a consent’s id' })
  consent?: string;

  @ApiPropertyOptional({ enum: AUDIT_ACTIONS, description: 'Only this kind of line' })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  @ApiPropertyOptional({ type: String, description: 'From this day in India, or this time, on' })
  @IsOptional()
  @Matches(WHEN, { message: WHEN_MESSAGE })
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'To the end of this day in India, or before this time' })
  @IsOptional()
  @Matches(WHEN, { message: WHEN_MESSAGE })
  to?: string;
}

class AuditedVisit {
  id!: string;
  opdNumber!: string;
}

export class AuditedRecord {
  /** OPConsultation, Prescription … */
  hiType!: string;
  /** Which document of the visit: its Composition’s id, the same in every version of it. */
  compositionId!: string;
}

export class AuditLine {
  at!: string;
  /** `hiu:<id>`, `hospital:<id of an API key>`, `abdm`, `adapter`. */
  actor!: string;
  /** record.shared, record.withheld, record.previewed, visit.read, visit.linked, consent.granted … */
  action!: string;
  /** `taken` where a record went out; else why not, or what became of it. */
  outcome!: string;
  @ApiProperty({ type: String, nullable: true })
  consentId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  purpose!: string | null;
  /** Null: it is about no visit, or a patient chose several; then see `visits`. */
  @ApiProperty({ type: AuditedVisit, nullable: true })
  visit!: AuditedVisit | null;
  /** Every visit it is about: of a link the patient began, those she chose. */
  @ApiProperty({ type: [AuditedVisit] })
  visits!: AuditedVisit[];
  /** The care context as ABDM and the patient's app know it. */
  @ApiProperty({ type: String, nullable: true })
  careContext!: string | null;
  /** What was given out, or held back, by this line. Empty: it is about no document, or nobody can say any more. */
  @ApiProperty({ type: [AuditedRecord] })
  records!: readonly AuditedRecord[];
}

export class AuditPage {
  audit!: AuditLine[];
  /** Give it as `cursor` for the next page; null on the last. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
