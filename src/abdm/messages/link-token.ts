import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ReplyToUs } from './parts.js';

/** To `generate-token`: ABDM matches these with the demographics behind the ABHA address. */
export interface LinkTokenRequest {
  /** 14 digits, no dashes. Linking must then carry it too. */
  readonly abhaNumber?: string;
  readonly abhaAddress: string;
  /** Latin letters, spaces and `',.-`. */
  readonly name: string;
  readonly gender: 'M' | 'F' | 'O' | 'U';
  readonly yearOfBirth: number;
}

/** From `on-generate-token`. */
export class LinkTokenReply extends ReplyToUs {
  @IsOptional() @IsString() @MaxLength(8_192) linkToken?: string | null;
  @IsOptional() @IsString() @MaxLength(255) abhaAddress?: string | null;
}
