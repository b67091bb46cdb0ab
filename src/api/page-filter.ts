import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** What every list takes. */
export class PageFilter {
  /** 1 to 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit = 50;
  /** `next` of the page before. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value)
  @Matches(/^[A-Za-z0-9_-]{2,120}$/, { message: 'must be the `next` of a page before' })
  cursor?: string;
}
