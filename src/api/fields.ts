import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { Problem, type FieldError } from './problem.js';

/** Reads queries and bodies into their classes. What a class does not know is refused, so that a typing error shows. */
export const fieldsPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: true, value: true }, // for ourselves: no error repeats them
    exceptionFactory: (errors: ValidationError[]) =>
      new Problem(400, 'fields-wrong', 'Mend the fields named in errors', errors.map(fieldError)),
  });

/** One sentence a field: what breaks several rules breaks the first of them, which says what it should be. */
function fieldError({ property: field, constraints = {}, value, target }: ValidationError): FieldError {
  if ('whitelistValidation' in constraints) {
    const known = [...knownFields(target)].join(', ');
    return { field, code: 'unknown', detail: `is not known here; known are ${known}` };
  }
  // A list or a word where an object belongs: what is wrong is the whole.
  if (target === undefined) return { field, code: 'form', detail: 'must be a JSON object' };
  // Decorators run from the last to the first.
  const [code, detail] = Object.entries(constraints).at(-1) ?? ['wrong', 'is wrong'];
  const isMissing = value === undefined || value === null;
  return isMissing ? { field, code: 'missing', detail: `is missing: ${detail}` } : { field, code, detail };
}

function knownFields(target = {}): ReadonlySet<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}
