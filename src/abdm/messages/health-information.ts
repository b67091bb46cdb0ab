import { Type } from 'class-transformer';
import { IsDefined, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { DateRange } from './parts.js';

class ConsentReference {
  @IsUUID() id!: string;
}

class PublicKey {
  @IsString() @IsNotEmpty() @MaxLength(4_096) keyValue!: string;
}

class PeerKeyMaterial {
  @IsOptional() @IsString() @MaxLength(40) cryptoAlg?: string | null;
  /** `Curve25519` and `curve25519` have been seen. */
  @IsOptional() @IsString() @MaxLength(40) curve?: string | null;
  @IsDefined() @ValidateNested() @Type(() => PublicKey) dhPublicKey!: PublicKey;
  @IsString() @IsNotEmpty() @MaxLength(200) nonce!: string;
}

class HiRequest {
  @IsDefined() @ValidateNested() @Type(() => ConsentReference) consent!: ConsentReference;
  @IsDefined() @ValidateNested() @Type(() => DateRange) dateRange!: DateRange;
  @IsString() @IsNotEmpty() @MaxLength(2_048) dataPushUrl!: string;
  @IsDefined() @ValidateNested() @Type(() => PeerKeyMaterial) keyMaterial!: PeerKeyMaterial;
}

/** From `hip/health-information/request`. `requestId` and `timestamp` in the body may be empty: the headers count. */
export class HealthInformationRequest {
  @IsUUID() transactionId!: string;
  @IsDefined() @ValidateNested() @Type(() => HiRequest) hiRequest!: HiRequest;
}

/** To `health-information/hip/on-request`. */
export type HealthInformationAnswer =
  | { readonly hiRequest: { readonly transactionId: string; readonly sessionStatus: 'ACKNOWLEDGED' } }
  | { readonly error: { readonly code: string; readonly message: string } };

/** To the HIU's `dataPushUrl`. `checksum`: MD5 of the plaintext, hex. Pages count from 1. */
export interface HealthInformationPage {
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly transactionId: string;
  readonly entries: readonly {
    readonly content: string;
    readonly media: 'application/fhir+json';
    readonly checksum: string;
    readonly careContextReference: string;
  }[];
  readonly keyMaterial: {
    readonly cryptoAlg: 'ECDH';
    readonly curve: 'Curve25519';
    readonly dhPublicKey: {
      readonly expiry: string;
      readonly parameters: 'Curve25519/32byte random key';
      readonly keyValue: string;
    };
    readonly nonce: string;
  };
}

/** To `health-information/notify`: how a transfer ended, context by context. */
export interface HealthInformationNotice {
  readonly notification: {
    readonly consentId: string;
    readonly transactionId: string;
    readonly doneAt: string;
    readonly notifier: { readonly type: 'HIP'; readonly id: string };
    readonly statusNotification: {
      readonly sessionStatus: 'TRANSFERRED' | 'FAILED';
      readonly hipId: string;
      readonly statusResponses: readonly {
        readonly careContextReference: string;
        readonly hiStatus: 'DELIVERED' | 'ERRORED';
        readonly description: string;
      }[];
    };
  };
}
