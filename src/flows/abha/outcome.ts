import type { EntityManager } from 'typeorm';
import type { KnownProfile, SessionState } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import type { StepRefused } from './step-refused.js';
import type { StepName } from './steps.js';

/** Whose session, and through which API key. */
export interface AtFacility {
  readonly facilityId: string;
  readonly keyId: string;
}

/** What a step came to. What is left out stays as it was. */
export interface Outcome {
  readonly step: StepName;
  readonly state: SessionState;
  readonly profile?: KnownProfile;
  readonly isNew?: boolean;
  /** The session is over: all that is hers is erased. */
  readonly isOver?: true;
  /** Something did not go on, and what was learned of it is written all the same. */
  readonly refusal?: StepRefused;
  /** For this answer only: it is not kept. */
  readonly photos?: Readonly<Record<string, string>>;
  readonly alsoWrite?: (tx: EntityManager, now: Date) => Promise<void>;
}

export interface Taken {
  readonly session: AbhaSession;
  readonly photos: Readonly<Record<string, string>>;
}
