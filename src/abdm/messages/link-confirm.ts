import { Transform, Type } from 'class-transformer';
import { IsDefined, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { PatientLinkEntry } from './care-context-link.js';

/** Taken as it comes: whatever is wrong with it is told by on-confirm, because of an HTTP error the patient hears nothing. */
const asText = ({ value }: { value: unknown }): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 255) : '';

class Confirmation {
  /** A number in the specification, a text in the M2 document. */
  @Transform(asText) @IsString() @MaxLength(255) token = '';
  @Transform(asText) @IsString() @MaxLength(255) linkRefNumber = '';
}

/** From `link/care-context/confirm`: the code as the patient typed it. */
export class LinkConfirmRequest {
  @IsDefined() @ValidateNested() @Type(() => Confirmation) confirmation!: Confirmation;
}

/** To `link/care-context/on-confirm`: what is linked now. It has no transactionId. */
export type LinkConfirmAnswer =
  | { readonly patient: readonly PatientLinkEntry[] }
  | { readonly error: { readonly code: string; readonly message: string } };
