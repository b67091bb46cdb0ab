import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, Matches } from 'class-validator';
import type { Shown } from './opd-report.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MESSAGE = 'must be a day, YYYY-MM-DD';

export class OpdReportQuery {
  @ApiPropertyOptional({
    type: String,
    description: 'First day in India, YYYY-MM-DD. Left out: today; with a district’s key, of the last month',
  })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a day there is' })
  @Matches(DAY, { message: DAY_MESSAGE })
  from?: string;
  @ApiPropertyOptional({
    type: String,
    description:
      'Last day, at most a year after the first. With a district’s key the period is one calendar month that is over',
  })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a day there is' })
  @Matches(DAY, { message: DAY_MESSAGE })
  to?: string;
  @ApiPropertyOptional({
    enum: ['day', 'facility', 'counter'],
    default: 'day',
    description: 'counter with a facility’s key only',
  })
  @IsOptional()
  @IsIn(['day', 'facility', 'counter'], { message: 'must be day, facility or counter' })
  by: 'day' | 'facility' | 'counter' = 'day';
  @ApiPropertyOptional({ enum: ['json', 'csv'], description: 'Without it, by the header Accept' })
  @IsOptional()
  @IsIn(['json', 'csv'], { message: 'must be json or csv' })
  format?: 'json' | 'csv';
  @ApiPropertyOptional({ enum: ['en', 'hi'], default: 'en', description: 'Language of the CSV’s headers' })
  @IsOptional()
  @IsIn(['en', 'hi'], { message: 'must be en or hi' })
  lang: 'en' | 'hi' = 'en';
}

/** A count: a number; for a district also `<5` (1 to 4) and `hidden` (it would give a smaller one away). */
const COUNT = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['<5', 'hidden'] }] };

export class OpdReportRow {
  /** The day, the facility’s HFR id or the counter’s code; null: visits that name no counter, and the total. */
  @ApiProperty({ type: String, nullable: true }) key!: string | null;
  /** Of the facility or counter. */
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty(COUNT) registrations!: Shown;
  @ApiProperty(COUNT) scanAndShare!: Shown;
  @ApiProperty({ type: Number, nullable: true }) scanAndSharePercent!: number | null;
  @ApiProperty(COUNT) abhaLinked!: Shown;
  @ApiProperty({ type: Number, nullable: true }) abhaLinkedPercent!: number | null;
  /** ABHAs made that day in a session of desk or kiosk, each once; no part of the registrations. */
  @ApiProperty(COUNT) abhaCreated!: Shown;
  @ApiProperty(COUNT) waitingForAbha!: Shown;
  /** Being linked, failed, or with something to mend: with linked and waiting it makes the registrations. Null for a district. */
  @ApiProperty({ type: Number, nullable: true }) neither!: number | null;
  /** From the scan to the first call; null when nobody was called, for a district when fewer than 5 were. */
  @ApiProperty({ type: Number, nullable: true }) medianMinutesToCall!: number | null;
}

export class OpdReportView {
  from!: string;
  to!: string;
  /** day, facility, counter */
  by!: string;
  rows!: OpdReportRow[];
  total!: OpdReportRow;
}
