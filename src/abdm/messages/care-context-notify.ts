import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { ReplyToUs } from './parts.js';

/** To `link/context/notify`. Here `hiTypes` is a list. */
export interface CareContextNotifyRequest {
  readonly notification: {
    readonly patient: { readonly id: string };
    readonly careContext: { readonly patientReference: string; readonly careContextReference: string };
    readonly hiTypes: readonly string[];
    readonly date: string;
    readonly hip: { readonly id: string };
  };
}

class Acknowledgement {
  @IsString() @MaxLength(40) status!: string;
}

/** From `on-notify`. On SUCCESS the patient's app asks for the record within seconds. */
export class CareContextNotifyReply extends ReplyToUs {
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Acknowledgement) acknowledgement?: Acknowledgement | null;
}
