import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsUUID, Length, Matches } from 'class-validator';

export class RegistrationBody {
  /** The hospital's number of the patient. With a session or profile it may be left out: then she is looked for by her ABHA. */
  @IsOptional()
  @Length(1, 100, { message: 'must be a patient number of the hospital, of 1 to 100 characters' })
  uhid?: string;
  /** A session of /abha/sessions that is verified. */
  @IsOptional() @IsUUID('all', { message: 'must be the id of an ABHA session' }) abhaSessionId?: string;
  /** Of the webhook `profile.shared`, or of the queue. */
  @IsOptional() @IsUUID('all', { message: 'must be the id of a shared profile' }) sharedProfileId?: string;
  /** The counter's code. Left out: where she waits by her token, or where the session was. */
  @IsOptional() @Matches(/^[A-Za-z0-9]{1,20}$/, { message: 'must be the code of a counter' }) counter?: string;
  /**
   * Her columns as e-Hospital has them, where a visit has them: `{"PATIENT": {"PAT_NAME": …, "SEX": …}}`. Without uhid her
   * mobile among them helps to find her: of an ABHA often only a masked one is known.
   */
  @IsOptional()
  @IsObject({ message: 'must hold the patient’s columns' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  columns?: object;
  /** After `needs-decision`: same-person, other-person. */
  @IsOptional()
  @IsIn(['same-person', 'other-person'], { message: 'must be same-person or other-person' })
  decision?: 'same-person' | 'other-person';
}

class TokenOfRegistration {
  id!: string;
  number!: number;
}

class PatientOfRegistration {
  uhid!: string;
  /** NN-NNNN-NNNN-NNNN */
  @ApiProperty({ type: String, nullable: true }) abhaNumber!: string | null;
  @ApiProperty({ type: String, nullable: true }) abhaAddress!: string | null;
}

export class RegistrationView {
  id!: string;
  patient!: PatientOfRegistration;
  /** In India, YYYY-MM-DD. */
  day!: string;
  registeredAt!: string;
  /** scan-and-share, abha-session, desk */
  source!: string;
  @ApiProperty({ type: String, nullable: true }) sharedProfileId!: string | null;
  @ApiProperty({ type: String, nullable: true }) abhaSessionId!: string | null;
  /** The counter's code. */
  @ApiProperty({ type: String, nullable: true }) counter!: string | null;
  @ApiProperty({ type: TokenOfRegistration, nullable: true }) token!: TokenOfRegistration | null;
  /** Her ABHA was made in this session. */
  isAbhaCreated!: boolean;
}

class DifferenceView {
  /** name, gender, birthYear, abhaNumber, abhaAddress */
  field!: string;
  hospital!: string;
  abha!: string;
}

class CandidateView {
  uhid!: string;
  name!: string;
  gender!: string;
  @ApiProperty({ type: String, nullable: true }) birthDate!: string | null;
}

class HolderView {
  uhid!: string;
}

class ClerkMessage {
  en!: string;
  hi!: string;
}

export class RegistrationAnswer {
  /** registered; else nothing was changed, and `message` says what to do: needs-decision, needs-uhid, abha-of-another-patient */
  state!: string;
  @ApiProperty({ type: ClerkMessage, nullable: true }) message!: ClerkMessage | null;
  @ApiProperty({ type: RegistrationView, nullable: true }) registration!: RegistrationView | null;
  /** needs-decision: what the hospital and the ABHA say. */
  differences!: DifferenceView[];
  /** needs-uhid: patients of the hospital she may be. */
  candidates!: CandidateView[];
  /** abha-of-another-patient: whose it is. */
  @ApiProperty({ type: HolderView, nullable: true }) heldBy!: HolderView | null;
  /** A new patient: other numbers of the hospital that may be the same person. */
  alike!: string[];
}
