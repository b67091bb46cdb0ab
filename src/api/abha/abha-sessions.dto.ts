import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { COUNTER_CODE } from '../../persistence/counter-codes.js';
import {
  ABHA_CHANNELS,
  ABHA_PURPOSES,
  type AbhaChannel,
  type AbhaPurpose,
} from '../../persistence/entities/abha-session.entity.js';
import { WAY_NAMES, type WayName } from '../../flows/abha/steps.js';

export class OpenAbhaSession {
  @ApiProperty({ enum: ABHA_PURPOSES, example: 'create' })
  @IsIn(ABHA_PURPOSES, { message: `must be one of ${ABHA_PURPOSES.join(', ')}` })
  purpose!: AbhaPurpose;

  /** create: aadhaar-otp, fingerprint, iris, face, demographics, driving-licence; verify: the others. */
  @ApiProperty({ enum: WAY_NAMES, example: 'aadhaar-otp' })
  @IsIn(WAY_NAMES, { message: `must be one of ${WAY_NAMES.join(', ')}` })
  way!: WayName;

  @ApiProperty({ enum: ABHA_CHANNELS, example: 'desk' })
  @IsIn(ABHA_CHANNELS, { message: `must be one of ${ABHA_CHANNELS.join(', ')}` })
  channel!: AbhaChannel;

  /** The hospital's own name for who assists; it stands in the consent record. At a kiosk: the kiosk. */
  @ApiProperty({ example: 'desk-3/clerk-17' })
  @Matches(/^[\w./@ -]{1,80}$/u, { message: 'must be a name of 1 to 80 letters, digits and ./@_-' })
  operator!: string;

  /** A counter's code. */
  @ApiPropertyOptional({ type: String, example: 'OPD1' })
  @IsOptional()
  @Matches(COUNTER_CODE, { message: 'must be a counter’s code: 1 to 20 letters and digits' })
  counter?: string;
}

export class ConsentTextView {
  language!: string;
  version!: string;
  title!: string;
  /** To be ticked together or one by one. */
  statements!: string[];
  /** What the assisting operator declares. */
  operatorStatement!: string;
  /** SHA-256 of the text, in hex; kept with each consent. */
  hash!: string;
  /** All there are. */
  languages!: string[];
}

/** A sentence for the screen; `code` is stable. */
export class Sentence {
  code!: string;
  en!: string;
  hi!: string;
}

export class NextStep {
  /** `POST /api/v1/abha/sessions/{id}/{step}` */
  step!: string;
  /** Fields it wants; none: an empty object. */
  needs!: string[];
  optional!: string[];
  /** What else can be asked for now, each with a POST of its own. */
  also!: string[];
  en!: string;
  hi!: string;
}

class OtpView {
  /** Masked. The screen names it, and does not ask for the number again. Null: the service did not say. */
  @ApiProperty({ type: String, nullable: true, example: '******0903' })
  sentTo!: string | null;
  /** 0: `resend` can be asked for now. */
  resendInSeconds!: number;
  resendsLeft!: number;
  triesLeft!: number;
  /** What `resend` wants: `aadhaar` where the code hangs on it, for it is not kept here. */
  resendNeeds!: string[];
}

class AccountView {
  /** Send it back to choose it. */
  account!: string;
  /** Masked for one that was found and is not proved to be hers. */
  @ApiProperty({ type: String, nullable: true })
  abhaNumber!: string | null;
  @ApiProperty({ type: String, nullable: true })
  abhaAddress!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  gender!: string | null;
  @ApiProperty({ type: Number, nullable: true })
  yearOfBirth!: number | null;
  @ApiProperty({ type: String, nullable: true })
  status!: string | null;
  /** Base64; in the answer to the code only, for it is not kept. */
  @ApiProperty({ type: String, nullable: true })
  photo!: string | null;
}

class FaceView {
  /** To be drawn as a QR code for the person's ABHA app. */
  qrContent!: string;
  /** waiting, scanned, complete */
  status!: string;
}

/** What the card's QR says. Fills the form; proves nothing. */
class CardView {
  @ApiProperty({ type: String, nullable: true })
  abhaNumber!: string | null;
  @ApiProperty({ type: String, nullable: true })
  abhaAddress!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  gender!: string | null;
  @ApiProperty({ type: Number, nullable: true })
  yearOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  monthOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  dayOfBirth!: number | null;
  @ApiProperty({ type: String, nullable: true })
  mobile!: string | null;
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty({ type: String, nullable: true })
  state!: string | null;
  @ApiProperty({ type: String, nullable: true })
  district!: string | null;
}

/** Who was verified. Name, birth and gender are read-only on a form; the rest may be corrected locally. */
export class AbhaResult {
  /** As on the card. Null: she has an address only. */
  @ApiProperty({ type: String, nullable: true, example: '91-1234-5678-9015' })
  abhaNumber!: string | null;
  @ApiProperty({ type: String, nullable: true })
  abhaAddress!: string | null;
  name!: string;
  gender!: string;
  @ApiProperty({ type: Number, nullable: true })
  yearOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  monthOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  dayOfBirth!: number | null;
  /** 10 digits where ABDM shows it, or a code that went to it was confirmed; otherwise only `maskedMobile` is known. */
  @ApiProperty({ type: String, nullable: true })
  mobile!: string | null;
  @ApiProperty({ type: String, nullable: true })
  maskedMobile!: string | null;
  @ApiProperty({ type: String, nullable: true })
  maskedEmail!: string | null;
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty({ type: String, nullable: true })
  state!: string | null;
  @ApiProperty({ type: String, nullable: true })
  district!: string | null;
  @ApiProperty({ type: String, nullable: true })
  pin!: string | null;
  /** verified (by UIDAI), self-declared, provisional (driving licence: `enrolmentNumber`), unknown */
  kycStatus!: string;
  /** ACTIVE, DEACTIVATED … */
  @ApiProperty({ type: String, nullable: true })
  status!: string | null;
  /** True: made in this session. */
  isNew!: boolean;
}

export class AbhaSessionView {
  id!: string;
  purpose!: AbhaPurpose;
  way!: WayName;
  channel!: AbhaChannel;
  /** open; done: `result` is a verified person; ended: nothing is left of it, also when it was idle for 30 minutes, at a kiosk for 3. */
  @ApiProperty({ enum: ['open', 'done', 'ended'] })
  state!: 'open' | 'done' | 'ended';
  /** The page draws itself from it. */
  next!: NextStep;
  /** Waiting for the ABHA service: read again after so many seconds. */
  @ApiProperty({ type: Number, nullable: true })
  busyForSeconds!: number | null;
  @ApiProperty({ type: OtpView, nullable: true })
  otp!: OtpView | null;
  /** What else the screen has to say. */
  @ApiProperty({ type: Sentence, nullable: true })
  notice!: Sentence | null;
  warnings!: Sentence[];
  /** ABDM takes nothing for this person before then. */
  @ApiProperty({ type: Number, nullable: true })
  lockedForSeconds!: number | null;
  /** To choose from at `account` and `found`; at `mobile` of a driving licence: those who use it already. */
  accounts!: AccountView[];
  /** In which one has to be chosen. */
  @ApiProperty({ type: Number, nullable: true })
  chooseInSeconds!: number | null;
  /** At `method`. */
  methods!: string[];
  /** At `choose-address`, without the suffix; `addressRules` stand beside the field. */
  suggestions!: string[];
  @ApiProperty({ type: Sentence, nullable: true })
  addressRules!: Sentence | null;
  @ApiProperty({ type: FaceView, nullable: true })
  face!: FaceView | null;
  @ApiProperty({ type: CardView, nullable: true })
  card!: CardView | null;
  @ApiProperty({ type: String, nullable: true })
  enrolmentNumber!: string | null;
  @ApiProperty({ type: AbhaResult, nullable: true })
  result!: AbhaResult | null;
  createdAt!: string;
  /** Idle until then, it ends and is erased. */
  expiresAt!: string;
}
