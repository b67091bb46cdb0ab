import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { DateRange, PRINTABLE, Reference } from './parts.js';

class CareContextOfConsent {
  @IsString() @IsNotEmpty() @MaxLength(255) patientReference!: string;
  @IsString() @IsNotEmpty() @MaxLength(255) careContextReference!: string;
}

class Purpose {
  @IsString() @MaxLength(40) @Matches(PRINTABLE) code!: string;
}

class Frequency {
  @IsString() @IsIn(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']) unit!: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
  @IsInt() value!: number;
  /** 0 or absent: as often as wanted. */
  @IsOptional() @IsInt() @Min(0) repeats?: number | null;
}

class Permission {
  @IsOptional() @IsString() @MaxLength(40) accessMode?: string | null;
  @IsDefined() @ValidateNested() @Type(() => DateRange) dateRange!: DateRange;
  /** When the consent ends. 3 or 6 fraction digits have been seen. */
  @IsString() @MaxLength(40) dataEraseAt!: string;
  @IsDefined() @ValidateNested() @Type(() => Frequency) frequency!: Frequency;
}

/** The artefact. `hiu` and `requester` have been seen absent (16 Sep 2026), and `purpose` PATRQT seconds after linking. */
export class ConsentDetail {
  @IsUUID() consentId!: string;
  @IsDefined() @ValidateNested() @Type(() => Reference) patient!: Reference;
  @IsArray()
  @ArrayMaxSize(20_000)
  @ValidateNested({ each: true })
  @Type(() => CareContextOfConsent)
  careContexts!: CareContextOfConsent[];
  @IsDefined() @ValidateNested() @Type(() => Purpose) purpose!: Purpose;
  @IsDefined() @ValidateNested() @Type(() => Reference) hip!: Reference;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Reference) hiu?: Reference | null;
  @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) hiTypes!: string[];
  @IsDefined() @ValidateNested() @Type(() => Permission) permission!: Permission;
}

class Notification {
  @IsIn(['GRANTED', 'REVOKED', 'EXPIRED', 'DENIED', 'REQUESTED'])
  status!: 'GRANTED' | 'REVOKED' | 'EXPIRED' | 'DENIED' | 'REQUESTED';
  @IsUUID() consentId!: string;
  @ValidateIf((notice: Notification) => notice.status === 'GRANTED')
  @IsDefined()
  @ValidateNested()
  @Type(() => ConsentDetail)
  consentDetail?: ConsentDetail | null;
  @IsOptional() @IsString() @MaxLength(16_384) signature?: string | null;
}

/** From `consent/request/hip/notify`. Only GRANTED carries the detail. */
export class ConsentNotice {
  @IsDefined() @ValidateNested() @Type(() => Notification) notification!: Notification;
}

/** To `consent/v3/request/hip/on-notify`: one object here, not a list. */
export type ConsentAnswer =
  | { readonly acknowledgement: { readonly status: 'OK'; readonly consentId: string } }
  | { readonly error: { readonly code: string; readonly message: string } };
