import { Transform, Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { PRINTABLE } from './parts.js';

const LONGEST = 255;

type Given = { readonly value: unknown };

/** Numbers and text are both sent for the same field; what is neither counts as not said. */
const said = ({ value }: Given): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** They turn round the letters beside them: a name would stand at the desk as another. Joiners stay, Hindi is spelled with them. */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A name, as one line reads from left to right or from right to left by its own letters. */
const named = ({ value }: Given): string | undefined => {
  const text = said({ value });
  return text === undefined ? undefined : said({ value: text.replace(BIDI_CONTROLS, '') });
};

/** Of a postal address: what is no letter in it is no reason to give no token, so it goes. */
const addressed = ({ value }: Given): string | undefined => {
  const text = named({ value });
  return text === undefined ? undefined : said({ value: text.replace(/\s*\p{Cc}+\s*/gu, ' ') });
};

/** A part that is no object was not said: a share without an address is still a share. */
const part = ({ value }: Given): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;

/** Any of it may be null. `pincode` in traffic and in the newest specification, `pinCode` in NHA's Postman collection. */
export class ShareAddress {
  @Transform(addressed) @IsOptional() @MaxLength(500) line?: string;
  @Transform(addressed) @IsOptional() @MaxLength(LONGEST) district?: string;
  @Transform(addressed) @IsOptional() @MaxLength(LONGEST) state?: string;
  @Transform(said) @IsOptional() @MaxLength(20) pincode?: string;
  @Transform(said) @IsOptional() @MaxLength(20) pinCode?: string;
}

/** Whom the app says she is. Only the address is sure to come: without it there is nobody to give a token to. */
export class SharePatient {
  /** With or without dashes, a number in NHA's samples, null for somebody who has an address only. */
  @Transform(said) @IsOptional() @MaxLength(40) abhaNumber?: string;
  @Transform(said) @IsOptional() @MaxLength(LONGEST) @Matches(PRINTABLE) abhaAddress?: string;
  @Transform(named) @IsOptional() @MaxLength(LONGEST) @Matches(PRINTABLE) name?: string;
  @Transform(said) @IsOptional() @MaxLength(20) gender?: string;
  /** Birth parts: text or numbers, with or without a zero in front; day and month may be null. */
  @Transform(said) @IsOptional() @MaxLength(20) dayOfBirth?: string;
  @Transform(said) @IsOptional() @MaxLength(20) monthOfBirth?: string;
  @Transform(said) @IsOptional() @MaxLength(20) yearOfBirth?: string;
  @Transform(part) @IsOptional() @ValidateNested() @Type(() => ShareAddress) address?: ShareAddress;
  @Transform(said) @IsOptional() @MaxLength(40) phoneNumber?: string;
}

class ShareProfile {
  @Transform(part) @IsOptional() @ValidateNested() @Type(() => SharePatient) patient?: SharePatient;
}

/** `hprId`, `latitude` and `longitude` are not read: they are text, numbers or null, and nothing here needs them. */
class ShareMetaData {
  @Transform(said) @IsOptional() @MaxLength(LONGEST) hipId?: string;
  /** The counter's code, as it stands in its QR code. */
  @Transform(said) @IsOptional() @MaxLength(250) @Matches(PRINTABLE) context?: string;
  /** Where payment samples have it. */
  @Transform(said) @IsOptional() @MaxLength(250) @Matches(PRINTABLE) counterId?: string;
}

/**
 * From `hip/patient/share`. `intent`: PROFILE_SHARE, RECORD_SHARE or PAYMENT_SHARE, in samples also in lower case. What is
 * missing is refused by the flow and not at the door: the patient's app then hears why.
 */
export class ShareRequest {
  @Transform(said) @IsOptional() @IsString() @MaxLength(40) intent?: string;
  @Transform(part) @IsOptional() @IsObject() @ValidateNested() @Type(() => ShareMetaData) metaData?: ShareMetaData;
  @Transform(part) @IsOptional() @IsObject() @ValidateNested() @Type(() => ShareProfile) profile?: ShareProfile;
}

/** To `patient-share/v3/on-share`: a token or an error, never both. `expiry`: seconds, as text. */
export type ShareAnswer =
  | {
      readonly acknowledgement: {
        readonly status: 'SUCCESS';
        readonly abhaAddress: string;
        readonly profile: { readonly context: string; readonly tokenNumber: string; readonly expiry: string };
      };
    }
  | { readonly error: { readonly code: string; readonly message: string } };
