import { Transform, Type } from 'class-transformer';
import {
  IsDefined,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { tidyCode } from '../error-meaning.js';

/** `response.requestId`: the REQUEST-ID of the call that is answered. */
export class ResponseRef {
  @IsUUID() requestId!: string;
}

/** Why ABDM says no. */
export class AbdmError {
  @Transform(({ value }) => tidyCode(value)) @IsString() code = '';
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.slice(0, 500) : ''))
  @IsString()
  message = '';
}

/** The common part of every reply to a call of ours: what it answers, and an error when the answer is no. */
export class ReplyToUs {
  @IsDefined() @ValidateNested() @Type(() => ResponseRef) response!: ResponseRef;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => AbdmError) error?: AbdmError | null;
}

/** No control characters: PostgreSQL takes no NUL in a text, and a message that cannot be stored could never be answered. */
export const PRINTABLE = /^\P{Cc}*$/u;

export class Reference {
  @IsString() @IsNotEmpty() @MaxLength(255) @Matches(PRINTABLE) id!: string;
}

export class DateRange {
  @IsString() @MaxLength(40) from!: string;
  @IsString() @MaxLength(40) to!: string;
}
