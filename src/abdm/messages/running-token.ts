import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PRINTABLE } from './parts.js';

/** From `hip/patient/running-token/status`. `context`: the counter's code. It does not say who asks. */
export class RunningTokenRequest {
  @IsOptional() @IsString() @MaxLength(255) @Matches(PRINTABLE) hipId?: string | null;
  @IsString() @IsNotEmpty() @MaxLength(250) @Matches(PRINTABLE) context!: string;
}

/** To `running-token/on-status`. */
export type RunningTokenAnswer =
  | {
      readonly token: {
        readonly hipId: string;
        readonly context: string;
        readonly runningTokenNumber: string;
        readonly averageTokenServiceTimeInMinutes?: number;
      };
    }
  | { readonly error: { readonly code: string; readonly message: string } };
