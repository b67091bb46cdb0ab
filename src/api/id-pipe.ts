import { Injectable, ParseUUIDPipe, type ArgumentMetadata } from '@nestjs/common';
import type { Problem } from './problem.js';

/**
 * An id of ours in a path, as we write it: PostgreSQL finds a row by capitals too, but what is sealed is bound to the id in
 * small letters.
 */
@Injectable()
export class IdPipe extends ParseUUIDPipe {
  /** @param notThere what is said when it is no id */
  constructor(notThere: () => Problem) {
    super({ exceptionFactory: notThere });
  }

  override async transform(value: string, metadata: ArgumentMetadata): Promise<string> {
    await super.transform(value, metadata);
    return value.toLowerCase();
  }
}
