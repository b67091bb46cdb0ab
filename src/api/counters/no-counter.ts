import { Problem } from '../problem.js';

/** Wherever a counter is named by its code. */
export const noCounter = (): Problem =>
  new Problem(
    404,
    'counter-unknown',
    'This facility has no counter with this code; GET /api/v1/counters lists them, POST /api/v1/counters makes one',
  );
