import { Inject, Injectable } from '@nestjs/common';
import { operationOutcome } from '../../fhir/validation/index.js';
import { RECORD_TOOLS, type RecordTools } from './record-tools.js';

/** A document judged by the validator that every record passes before it is linked. */
@Injectable()
export class DocumentCheck {
  constructor(@Inject(RECORD_TOOLS) private readonly tools: RecordTools) {}

  /** @returns a FHIR OperationOutcome; one `information` issue when nothing is wrong. It never holds a value. */
  check(document: unknown): ReturnType<typeof operationOutcome> {
    return operationOutcome(this.tools.validator.validate(document));
  }
}
