import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { MERGE_STATES, type MergeState } from '../../persistence/entities/patient-change.entity.js';
import { PageSize } from '../page-filter.dto.js';

export class MergeFilter {
  @ApiPropertyOptional({ enum: MERGE_STATES, description: 'All when left out' })
  @IsOptional()
  @IsIn(MERGE_STATES, { message: `must be one of ${MERGE_STATES.join(', ')}` })
  state?: MergeState;

  @PageSize(200, 50) limit = 50;

  @ApiPropertyOptional({ type: String, description: '`next` of the page before' })
  @IsOptional()
  @IsUUID(undefined, { message: 'must be the `next` of a page before' })
  after?: string;
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
  @ApiProperty({ type: String, nullable: true })
  decidedAt!: string | null;
}

export class MergeProposalPage {
  proposals!: MergeProposalView[];
  /** Give it as `after` for the next page; null on the last. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
