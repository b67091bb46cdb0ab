import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInstance, IsOptional } from 'class-validator';
import { SecretText } from '../../support/secret-text.js';

/** A capture of a registered device is the longest. */
const MOST_CHARACTERS = 200_000;

const isSecret = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value !== '' && value.length <= MOST_CHARACTERS ? new SecretText(value) : null,
    ),
    IsInstance(SecretText, { message: 'must be text' }),
  );

/** A field that is a `SecretText` from here on: an Aadhaar number, an OTP, a capture. In the API it is text. */
export const SecretField = (): PropertyDecorator =>
  applyDecorators(isSecret(), ApiProperty({ type: String, format: 'password' }));

/** The same, where it may be missing (`null` then, or `undefined`). */
export const OptionalSecretField = (): PropertyDecorator =>
  applyDecorators(isSecret(), IsOptional(), ApiProperty({ type: String, format: 'password', required: false }));
