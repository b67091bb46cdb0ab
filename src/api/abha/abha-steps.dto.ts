import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { CHANGES, OTP_METHODS, type Change, type OtpMethod } from '../../flows/abha/session-state.js';
import { SecretText } from '../../support/secret-text.js';
import { OptionalSecretField, SecretField } from './secret-field.js';

/**
 * Fields are checked for shape here; what they are, their length too, is checked where it is known (Verhoeff, mobile, ABHA
 * number and address), so that there is one sentence for one mistake.
 */
const text = { message: 'must be text of a fitting length' };
const GENDERS = ['M', 'F', 'O'] as const;
/** Base64 of at most 100 KB for a face, more for a licence. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export class ConsentGiven {
  /** Of the text that was shown; `GET /api/v1/abha/consent-text` */
  @ApiProperty({ example: '1.4-adapter-1' })
  @Length(1, 60, text)
  version!: string;
  @ApiProperty({ example: 'hi' })
  @Length(2, 20, text)
  language!: string;
  /** The person agreed, by tick or signature. */
  @ApiProperty({ type: Boolean, example: true })
  @Equals(true, { message: 'must be true: without consent no ABHA number is made' })
  accepted!: true;
}

export class AadhaarTyped {
  /** 12 digits; goes encrypted to the ABHA service and is kept nowhere here. */
  @SecretField()
  aadhaar!: SecretText;
  /** For communication; wanted by `create`. */
  @ApiPropertyOptional({ type: String, example: '9000000903' })
  @IsOptional()
  @IsString(text)
  mobile?: string;
}

export class AbhaNumberTyped {
  /** 14 digits, with or without dashes. A wrong check digit is a warning only. */
  @ApiProperty({ example: '91-1234-5678-9015' })
  @IsString(text)
  abhaNumber!: string;
  @ApiProperty({ enum: OTP_METHODS })
  @IsIn(OTP_METHODS, { message: `must be one of ${OTP_METHODS.join(', ')}` })
  method!: OtpMethod;
}

export class AbhaAddressTyped {
  /** The suffix may be left out. */
  @ApiProperty({ example: 'asha.devi@sbx' })
  @IsString(text)
  abhaAddress!: string;
}

export class CardScanned {
  /** The text of the QR code as read. */
  @Length(2, 4_000, text)
  qr!: string;
}

export class MobileTyped {
  @ApiProperty({ example: '9000000903' })
  @IsString(text)
  mobile!: string;
  /** Driving licence: the person says that none of the ABHA numbers shown is hers. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  noneIsHers = false;
}

export class MethodChosen {
  @ApiProperty({ enum: OTP_METHODS })
  @IsIn(OTP_METHODS, { message: `must be one of ${OTP_METHODS.join(', ')}` })
  method!: OtpMethod;
}

export class OtpTyped {
  /** 6 digits; kept nowhere. */
  @SecretField()
  otp!: SecretText;
}

export class ResendWish {
  /** Where the answer's `otp.resendNeeds` names it: it is not kept, so the page sends it again. */
  @OptionalSecretField()
  aadhaar?: SecretText | null;
}

export class AccountChosen {
  @ApiProperty({ example: '1' })
  @Length(1, 10, text)
  account!: string;
}

export class FoundChosen extends AccountChosen {
  @ApiProperty({ enum: OTP_METHODS })
  @IsIn(OTP_METHODS, { message: `must be one of ${OTP_METHODS.join(', ')}` })
  method!: OtpMethod;
}

export class FaceCaptured {
  @SecretField()
  aadhaar!: SecretText;
  @ApiProperty({ example: '9000000903' })
  @IsString(text)
  mobile!: string;
}

export class Captured extends FaceCaptured {
  /** The PID block of a registered device, base64; passed through and kept nowhere. */
  @SecretField()
  pid!: SecretText;
}

export class DemographicsTyped {
  @SecretField()
  aadhaar!: SecretText;
  /** Letter by letter as on the Aadhaar card. */
  @Length(1, 120, text)
  name!: string;
  @ApiProperty({ enum: GENDERS })
  @IsIn(GENDERS, { message: 'must be M, F or O' })
  gender!: 'M' | 'F' | 'O';
  /** DD-MM-YYYY, or the year alone. */
  @Matches(/^(\d{2}-\d{2}-)?\d{4}$/, { message: 'must be DD-MM-YYYY or YYYY' })
  dateOfBirth!: string;
  /** LGD code. */
  @Matches(/^\d{1,5}$/, { message: 'must be an LGD code' })
  stateCode!: string;
  @Matches(/^\d{1,5}$/, { message: 'must be an LGD code' })
  districtCode!: string;
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString(text)
  mobile?: string;
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Length(1, 300, text)
  address?: string;
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\d{6}$/, { message: 'must be 6 digits' })
  pincode?: string;
}

export class LicenceTyped {
  @Length(5, 30, text)
  documentNumber!: string;
  @Length(1, 80, text)
  firstName!: string;
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Length(0, 80, text)
  middleName?: string;
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Length(0, 80, text)
  lastName?: string;
  @ApiProperty({ enum: GENDERS })
  @IsIn(GENDERS, { message: 'must be M, F or O' })
  gender!: 'M' | 'F' | 'O';
  /** YYYY-MM-DD */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be YYYY-MM-DD' })
  dateOfBirth!: string;
  /** Base64; passed through and kept nowhere. */
  @Matches(BASE64, { message: 'must be base64' })
  frontPhoto!: string;
  @Matches(BASE64, { message: 'must be base64' })
  backPhoto!: string;
  @Length(1, 300, text)
  address!: string;
  @Length(1, 80, text)
  state!: string;
  @Length(1, 80, text)
  district!: string;
  @Matches(/^\d{6}$/, { message: 'must be 6 digits' })
  pincode!: string;
}

export class CommunicationMobileTyped {
  @ApiPropertyOptional({ type: String, example: '9000000903' })
  @IsOptional()
  @IsString(text)
  mobile?: string;
  /** Her phone is not at hand: the mobile is not saved at ABDM. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  skip = false;
}

export class AddressChosen {
  /** With or without the suffix. */
  @ApiPropertyOptional({ type: String, example: 'asha.devi' })
  @IsOptional()
  @IsString(text)
  abhaAddress?: string;
  /** Keeps the one made of the number. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  useDefault = false;
}

export class ChangeWanted {
  @ApiProperty({ enum: CHANGES })
  @IsIn(CHANGES, { message: `must be one of ${CHANGES.join(', ')}` })
  change!: Change;
  /** The new mobile or e-mail address; not for the other changes. */
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString(text)
  value?: string;
  /** For de-activate and delete. */
  @ApiPropertyOptional({ enum: OTP_METHODS, default: 'mobile-otp' })
  @IsOptional()
  @IsIn(OTP_METHODS, { message: `must be one of ${OTP_METHODS.join(', ')}` })
  method: OtpMethod = 'mobile-otp';
  /** For de-activate and delete: the person's reasons. */
  @ApiPropertyOptional({ type: String, isArray: true })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayNotEmpty({ message: 'must name a reason' })
  @ArrayMaxSize(5)
  @Length(1, 200, { ...text, each: true })
  reasons?: string[];
}
