import { BadRequestException, type PipeTransform } from '@nestjs/common';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { problems } from '../gateway/contract-door.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajvFormats.default(ajv);

/** `@Body(checked(SCHEMA))`: a control call that does not fit is told what to mend. No body counts as `{}`. */
export function checked(schema: AnySchema): PipeTransform {
  const fits = ajv.compile(schema);
  return {
    transform: (value: unknown): unknown => {
      const body = value ?? {};
      if (fits(body)) return body;
      throw new BadRequestException(`The body does not fit: ${problems(fits.errors)}`);
    },
  };
}
