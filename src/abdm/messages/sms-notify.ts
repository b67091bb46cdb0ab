import { Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { IsDefined, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { AbdmError, ResponseRef } from './parts.js';

/** To `sms/notify2`: nothing but the mobile and the facility leaves the hospital. */
export interface SmsNotifyRequest {
  readonly notification: {
    /** 10 digits. */
    readonly phoneNo: string;
    readonly hip: { readonly id: string; readonly name: string };
  };
}

class Acknowledgement {
  @IsOptional() @IsString() @MaxLength(40) status?: string | null;
}

interface EitherReference {
  readonly response?: unknown;
  readonly resp?: unknown;
}

/**
 * From `sms/on-notify`: accepted for sending, or an error. The M2 document v2.8 prints it flat (`status`, `resp`), the
 * specification of 16 Sep 2026 as all other replies (`acknowledgement`, `response`); both are read.
 */
export class SmsNotifyReply {
  @Expose()
  @Transform(({ obj }: { obj: EitherReference }) => plainToInstance(ResponseRef, obj.response ?? obj.resp))
  @IsDefined()
  @IsObject()
  @ValidateNested()
  response!: ResponseRef;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => AbdmError) error?: AbdmError | null;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Acknowledgement) acknowledgement?: Acknowledgement | null;
  @IsOptional() @IsString() @MaxLength(40) status?: string | null;
}
