import { Transform, Type } from 'class-transformer';
import { IsDefined, IsNotEmpty, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import type { PatientLinkEntry } from './care-context-link.js';
import { PRINTABLE } from './parts.js';

/** `type`: MR, MOBILE, ABHA_NUMBER, ABHA_ADDRESS, EMAIL; `abhaAddress` has been seen too. */
export interface DiscoverIdentifier {
  readonly type: string;
  readonly value: string;
}

const LONGEST = 255;

/** Absent, null, or half empty: one identifier that cannot be read must not cost the patient the others. */
function identifiersIn(value: unknown): DiscoverIdentifier[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 50).flatMap((each: unknown) => {
    const { type, value: text } = (each ?? {}) as { type?: unknown; value?: unknown };
    const given = typeof text === 'number' ? String(text) : text;
    if (typeof type !== 'string' || typeof given !== 'string' || given.length > LONGEST) return [];
    return [{ type, value: given }];
  });
}

const orEmpty = ({ value }: { value: unknown }): unknown => value ?? '';

/** What ABDM says of the patient. What is missing is empty: it then matches nobody, and that is an answer too. */
export class DiscoverPatient {
  /** ABHA address. */
  @Transform(orEmpty) @IsString() @MaxLength(LONGEST) id = '';
  @Transform(({ value }) => identifiersIn(value)) verifiedIdentifiers: DiscoverIdentifier[] = [];
  @Transform(({ value }) => identifiersIn(value)) unverifiedIdentifiers: DiscoverIdentifier[] = [];
  @Transform(orEmpty) @IsString() @MaxLength(LONGEST) name = '';
  @Transform(orEmpty) @IsString() @MaxLength(LONGEST) gender = '';
  /** A number in the specification; text is read as well. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : (value ?? '')))
  @IsString()
  @MaxLength(LONGEST)
  yearOfBirth = '';
}

/** From `patient/care-context/discover`. */
export class DiscoverRequest {
  @IsString() @IsNotEmpty() @MaxLength(LONGEST) @Matches(PRINTABLE) transactionId!: string;
  @IsDefined() @ValidateNested() @Type(() => DiscoverPatient) patient!: DiscoverPatient;
  @IsOptional() @IsString() @MaxLength(LONGEST) requestId?: string | null;
}

export type MatchedBy = 'MR' | 'MOBILE' | 'ABHA_NUMBER' | 'ABHA_ADDRESS';

/** To `patient/care-context/on-discover`: records or an error, never both. */
export type DiscoverAnswer =
  | {
      readonly transactionId: string;
      readonly patient: readonly PatientLinkEntry[];
      readonly matchedBy: readonly MatchedBy[];
    }
  | { readonly transactionId: string; readonly error: { readonly code: string; readonly message: string } };
