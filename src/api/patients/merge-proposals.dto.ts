import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { MERGE_STATES, type MergeState } from '../../persistence/entities/patient-change.entity.js';

export class MergeFilter {
  /** open, accepted, rejected; all when left out. */
  @IsOptional() @IsIn(MERGE_STATES, { message: `must be one of ${MERGE_STATES.join(', ')}` }) state?: MergeState;
  /** 1 to 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit = 50;
  /** `next` of the page before. */
  @IsOptional() @IsUUID(undefined, { message: 'must be the `next` of a page before' }) after?: string;
}

class PatientOfProposal {
  /** The hospital's patient number. */
  uhid!: string;
}

/** Two patients of this facility came with one ABHA. */
export class MergeProposalView {
  id!: string;
  /** same-abha-address, same-abha-number */
  reason!: string;
  state!: MergeState;
  /** Who came with the ABHA first: accepted, this is the one that counts. */
  patient!: PatientOfProposal;
  other!: PatientOfProposal;
  madeAt!: string;
  decidedAt!: string | null;
}

export class MergeProposalPage {
  proposals!: MergeProposalView[];
  /** Give it as `after` for the next page; null on the last. */
  next!: string | null;
}
