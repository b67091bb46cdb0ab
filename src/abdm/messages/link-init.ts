import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AbdmError, PRINTABLE } from './parts.js';

class ChosenContext {
  @IsString() @IsNotEmpty() @MaxLength(255) referenceNumber!: string;
}

/** `display` is required by the specification and missing in every sample; `count` says nothing the list does not. */
class ChosenEntry {
  @IsString() @MaxLength(255) referenceNumber!: string;
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => ChosenContext)
  careContexts!: ChosenContext[];
  @IsString() @MaxLength(255) hiType!: string;
}

/** From `link/care-context/init`: what the patient chose. With `error` it is ABDM's own refusal, which nobody answers. */
export class LinkInitRequest {
  @IsString() @IsNotEmpty() @MaxLength(255) @Matches(PRINTABLE) transactionId!: string;
  @IsOptional() @IsString() @MaxLength(255) abhaAddress?: string | null;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ChosenEntry)
  patient?: ChosenEntry[] | null;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => AbdmError) error?: AbdmError | null;
}

/** To `link/care-context/on-init`. */
export type LinkInitAnswer =
  | {
      readonly transactionId: string;
      readonly link: {
        /** UUID; comes back as `linkRefNumber`. */
        readonly referenceNumber: string;
        /** DIRECT: the HIP asks the patient for a code by itself. */
        readonly authenticationType: 'DIRECT';
        readonly meta: {
          readonly communicationMedium: 'MOBILE';
          /** Not empty (an empty one is refused), and not the whole number. */
          readonly communicationHint: string;
          /** UTC with milliseconds. */
          readonly communicationExpiry: string;
        };
      };
    }
  | { readonly transactionId: string; readonly error: { readonly code: string; readonly message: string } };
