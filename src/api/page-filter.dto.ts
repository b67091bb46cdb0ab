import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** How many on a page. */
export function PageSize(most: number, usual: number): PropertyDecorator {
  const message = `must be a whole number from 1 to ${most}`;
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: most, default: usual, description: `1 to ${most}` }),
    IsOptional(),
    Type(() => Number),
    IsInt({ message }),
    Min(1, { message }),
    Max(most, { message }),
  );
}

/** PostgreSQL takes no NUL in a text, and no number of a hospital holds a control character. */
export const WithoutControlCharacters = (): PropertyDecorator =>
  Matches(/^\P{Cc}*$/u, { message: 'must not hold control characters' });

/** What every list takes. */
export class PageFilter {
  @PageSize(200, 50) limit = 50;

  @ApiPropertyOptional({ type: String, description: '`next` of the page before' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => value)
  @Matches(/^[A-Za-z0-9_-]{2,120}$/, { message: 'must be the `next` of a page before' })
  cursor?: string;
}
