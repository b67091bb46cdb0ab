import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ReplyToUs } from './parts.js';

/** One entry per hiType: `hiType` is one string, never a list (a list gets no answer at all). */
export interface PatientLinkEntry {
  readonly referenceNumber: string;
  readonly display: string;
  readonly careContexts: readonly { readonly referenceNumber: string; readonly display: string }[];
  readonly hiType: string;
  /** Must equal `careContexts.length`; 1 to 20. */
  readonly count: number;
}

/** To `link/carecontext`, with the header X-LINK-TOKEN. */
export interface CareContextLinkRequest {
  /** Exactly when the link token was made with it; without dashes (with them the answer is an empty 400). */
  readonly abhaNumber?: string;
  readonly abhaAddress: string;
  readonly patient: readonly PatientLinkEntry[];
}

/** From `on_carecontext`. `status` is prose: success is the absence of `error`. */
export class CareContextLinkReply extends ReplyToUs {
  @IsOptional() @IsString() @MaxLength(500) status?: string | null;
  @IsOptional() @IsString() @MaxLength(255) abhaAddress?: string | null;
}
