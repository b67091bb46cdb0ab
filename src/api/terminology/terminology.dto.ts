import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { TERM_KINDS, type TermKind } from '../../flows/visits/recoding.flow.js';
import { PageSize } from '../page-filter.dto.js';

export class UncodedFilter {
  @ApiPropertyOptional({ enum: TERM_KINDS, description: 'All when left out' })
  @IsOptional()
  @IsIn(TERM_KINDS, { message: `must be one of ${TERM_KINDS.join(', ')}` })
  kind?: TermKind;

  @PageSize(1000, 100) limit = 100;
}

class UncodedView {
  /** Which table of config/terminology would hold it. */
  kind!: string;
  /** As the hospital writes it. */
  text!: string;
  /** In how many visits. */
  visits!: number;
  /** The nearest terms the tables have, best first. Never used for a record. */
  @ApiProperty({ type: [String] })
  suggestions!: readonly string[];
}

export class UncodedPage {
  /** Words looked up, each once a visit. */
  terms!: number;
  /** Of these, without a code. */
  uncoded!: number;
  /** uncoded / terms, 0 to 1. */
  share!: number;
  /** Most frequent first. */
  @ApiProperty({ type: [UncodedView] })
  words!: readonly UncodedView[];
}

export class Recoded {
  /** Visits whose records are being built again. */
  visits!: number;
}
