import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInstance } from 'class-validator';
import { SecretText } from '../../support/secret-text.js';

const MOST_CHARACTERS = 200_000;

/** A field that is a `SecretText` from here on: an Aadhaar number, an OTP, a capture. In the API it is text. */
export function SecretField(example?: string): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value !== '' && value.length <= MOST_CHARACTERS ? new SecretText(value) : null,
    ),
    IsInstance(SecretText, { message: 'must be text' }),
    ApiProperty({ type: String, format: 'password', ...(example !== undefined && { example }) }),
  );
}
