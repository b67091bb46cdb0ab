import { CODE_SYSTEMS } from '../../terminology/systems.js';
import type { ElementRule } from './profile-rules.js';

/** Each coding carries system, code and display. */
export const ANY_CODE = { coding: {} } as const satisfies ElementRule;
export const SNOMED_ONLY = { coding: { systems: [CODE_SYSTEMS.snomed] } } as const satisfies ElementRule;
