import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { COUNTER_CODE } from '../../persistence/counter-codes.js';
import { TOKEN_STATES, type TokenState } from '../../persistence/entities/queue.entity.js';

const CODE_MESSAGE = { message: 'must be the code of a counter: 1 to 20 letters and digits' };

/** One counter, or all of the facility when left out. */
export class CounterFilter {
  @ApiPropertyOptional({ type: String, example: 'OPD1' })
  @IsOptional()
  @Matches(COUNTER_CODE, CODE_MESSAGE)
  counter?: string;
}

export class QueueFilterDto extends CounterFilter {
  @ApiPropertyOptional({ enum: TOKEN_STATES, description: 'All when left out' })
  @IsOptional()
  @IsIn(TOKEN_STATES, { message: `must be one of ${TOKEN_STATES.join(', ')}` })
  state?: TokenState;
}

/** The counter of the desk that calls, or to which a token goes. */
export class AtCounter {
  @ApiProperty({ example: 'OPD1' })
  @Matches(COUNTER_CODE, CODE_MESSAGE)
  counter!: string;
}

/** A token: a number, nothing of a person. */
export class QueueTokenView {
  id!: string;
  /** As her phone shows it. */
  number!: number;
  /** What to call her by: `12`, or `OPD1-12` when another counter sent her with a number of its own series. */
  @ApiProperty({ example: '12' })
  label!: string;
  @ApiProperty({ enum: TOKEN_STATES })
  state!: TokenState;
  /** Where she waits now. */
  counter!: string;
  /** Whose code she scanned, and whose series the number is of. Another than `counter`: she was sent on. */
  scannedCounter!: string;
  /** In India. */
  day!: string;
  /** GET /shared-profiles/{id}, to register her. */
  sharedProfileId!: string;
  /** False: ABDM did not take the number (it came too late), so her phone does not show it. Tell her. */
  isTold!: boolean;
  issuedAt!: string;
  validUntil!: string;
  /** The first time. */
  @ApiProperty({ type: String, nullable: true })
  calledAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  lastCalledAt!: string | null;
  calledCount!: number;
  @ApiProperty({ type: String, nullable: true })
  skippedAt!: string | null;
  /** She was served or had left, and scanned again while her number was valid: she waits since then, at the end. */
  @ApiProperty({ type: String, nullable: true })
  cameBackAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  endedAt!: string | null;
}

export class QueueView {
  /** In the order in which they are called. */
  tokens!: QueueTokenView[];
}

export class CalledNext {
  /** Null: nobody waits. */
  @ApiProperty({ type: QueueTokenView, nullable: true })
  token!: QueueTokenView | null;
}

export class CounterStatusView {
  counter!: string;
  name!: string;
  isOpen!: boolean;
  /** The number called last, of the counter's own series: what patients' apps are told. Null: nobody was called today. */
  @ApiProperty({ type: Number, nullable: true })
  runningToken!: number | null;
  /** The label called last, also of who was sent from another counter: for the board. */
  @ApiProperty({ type: String, nullable: true, example: 'OPD1-12' })
  runningLabel!: string | null;
  /** From the last call to done, today; whole minutes. */
  @ApiProperty({ type: Number, nullable: true })
  averageServiceMinutes!: number | null;
  waiting!: number;
  called!: number;
  done!: number;
  left!: number;
}

export class QueueStatusView {
  counters!: CounterStatusView[];
}

class AddressParts {
  @ApiProperty({ type: String, nullable: true }) line!: string | null;
  @ApiProperty({ type: String, nullable: true }) district!: string | null;
  @ApiProperty({ type: String, nullable: true }) state!: string | null;
  @ApiProperty({ type: String, nullable: true }) pin!: string | null;
}

/** What somebody shared, to fill a registration form with. Name, gender and birth are ABDM's: read-only at the desk. */
export class SharedProfileView {
  id!: string;
  /** 14 digits with dashes; null: she has an address only. */
  @ApiProperty({ type: String, nullable: true })
  abhaNumber!: string | null;
  @ApiProperty({ type: String, nullable: true })
  abhaAddress!: string | null;
  name!: string;
  /** M, F or O. */
  gender!: string;
  @ApiProperty({ type: Number, nullable: true })
  yearOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  monthOfBirth!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  dayOfBirth!: number | null;
  @ApiProperty({ type: String, nullable: true })
  mobile!: string | null;
  address!: AddressParts;
}
