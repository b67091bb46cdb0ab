import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { COUNTER_CODE } from '../../persistence/counter-codes.js';

const LENGTH = { message: 'must have 1 to 100 characters' };
const BOOLEAN = { message: 'must be true or false' };

/** One line of text that can stand on a poster. */
const LINE = /^[^\p{Cc}]*\S[^\p{Cc}]*$/u;
const LINE_MESSAGE = { message: 'must be one line of text' };

export class NewCounter {
  /** 1 to 20 letters and digits; kept in capitals, and never changed: it is printed in the QR code. */
  @ApiProperty({ example: 'OPD1' })
  @Matches(COUNTER_CODE, { message: 'must be 1 to 20 letters and digits' })
  code!: string;

  @ApiProperty({ example: 'OPD registration, window 1' })
  @Length(1, 100, LENGTH)
  @Matches(LINE, LINE_MESSAGE)
  name!: string;

  /** With TOKEN_PER=department, counters of one department share a series of numbers. */
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Medicine' })
  @IsOptional()
  @Length(1, 100, LENGTH)
  @Matches(LINE, LINE_MESSAGE)
  department?: string | null;

  /** False: who scans its code is told to try later. */
  @ApiPropertyOptional({ type: Boolean, default: true })
  @IsOptional()
  @IsBoolean(BOOLEAN)
  isOpen = true;
}

export class CounterChange {
  @ApiPropertyOptional({ type: String })
  @ValidateIf((_, value) => value !== undefined)
  @Length(1, 100, LENGTH)
  @Matches(LINE, LINE_MESSAGE)
  name?: string;

  /** Null: of no department. Takes effect for the next token. */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Length(1, 100, LENGTH)
  @Matches(LINE, LINE_MESSAGE)
  department?: string | null;

  /** False: no new tokens; who waits can still be called. */
  @ApiPropertyOptional({ type: Boolean })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean(BOOLEAN)
  isOpen?: boolean;
}

export class CounterView {
  code!: string;
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  department!: string | null;
  isOpen!: boolean;
  /** What its QR code says. */
  scanUrl!: string;
}

export class CounterList {
  counters!: CounterView[];
}

export class QrWish {
  @ApiPropertyOptional({ enum: ['svg', 'png'], default: 'svg' })
  @IsOptional()
  @IsIn(['svg', 'png'], { message: 'must be svg or png' })
  format: 'svg' | 'png' = 'svg';

  @ApiPropertyOptional({ type: 'integer', minimum: 100, maximum: 2_000, default: 400, description: 'Pixels' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(100, { message: 'must be at least 100' })
  @Max(2_000, { message: 'must be at most 2000' })
  size = 400;
}
