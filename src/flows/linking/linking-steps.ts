import type { LinkingState } from '../../persistence/entities/linking.entity.js';

/** From which state a linking may go to which. Whatever asks for another step comes too late, and changes nothing. */
export const LINKING_STEPS = {
  'waiting-for-abha': ['awaiting-link-token', 'awaiting-link', 'failed'],
  // To itself: the patient was corrected, and another token is asked for.
  'awaiting-link-token': ['awaiting-link-token', 'awaiting-link', 'failed', 'waiting-for-abha'],
  'awaiting-link': ['linked', 'failed', 'awaiting-link-token'],
  // The desk pressed "try again", or a correction came; it may fail again, and then the visit has to say so again.
  failed: ['awaiting-link-token', 'awaiting-link', 'waiting-for-abha', 'failed'],
  linked: [],
} as const satisfies Record<LinkingState, readonly LinkingState[]>;

/** The states from which `to` can be reached. */
export const statesBefore = (to: LinkingState): readonly LinkingState[] =>
  (Object.keys(LINKING_STEPS) as LinkingState[]).filter((from) =>
    (LINKING_STEPS[from] as readonly LinkingState[]).includes(to),
  );
