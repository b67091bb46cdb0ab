import { Type } from 'class-transformer';
import { IsDefined, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { PRINTABLE, Reference } from './parts.js';

class StatusNotification {
  /** `DEACTIVATED`, `DELETED`, `REACTIVATED`; others may come. */
  @IsString() @MaxLength(40) @Matches(PRINTABLE) status!: string;
  /** `id`: the ABHA address. */
  @IsDefined() @ValidateNested() @Type(() => Reference) patient!: Reference;
}

/**
 * An ABHA address was deactivated, deleted or reactivated. V3 publishes neither path nor body of it: this is the body of
 * V0.5 (`patients/status/notify`), whose requestId and timestamp V3 has in the headers. The path is a setting.
 */
export class PatientStatusNotice {
  @IsDefined() @ValidateNested() @Type(() => StatusNotification) notification!: StatusNotification;
}

/** To `on-deactivate`, which the M2 document v2.8 lists without a body: `response`, as in every answer, is all we say. */
export type PatientStatusAnswer = Readonly<Record<string, never>>;
