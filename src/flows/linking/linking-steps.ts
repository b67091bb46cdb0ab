import type { LinkingState } from '../../persistence/entities/linking.entity.js';

/** From which state a linking may go to which. Whatever asks for another step comes too late, and changes nothing. */
export const LINKING_STEPS = {
  'waiting-for-abha': ['awaiting-link-token', 'awaiting-link', 'failed'],
  'awaiting-link-token': ['awaiting-link', 'failed', 'waiting-for-abha'],
  'awaiting-link': ['linked', 'failed', 'awaiting-link-token'],
  failed: ['awaiting-link-token', 'awaiting-link', 'waiting-for-abha'], // the desk pressed "try again"
  linked: [],
} as const satisfies Record<LinkingState, readonly LinkingState[]>;

/** The states from which `to` can be reached. */
export const statesBefore = (to: LinkingState): readonly LinkingState[] =>
  (Object.keys(LINKING_STEPS) as LinkingState[]).filter((from) =>
    (LINKING_STEPS[from] as readonly LinkingState[]).includes(to),
  );
