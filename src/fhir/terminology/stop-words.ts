import type { Prescription } from '../../ports/visit.js';
import { normalWords } from './normal-words.js';

const STOP =
  '(?:stop|stopped|hold|on hold|withhold|omit|discontinue|discontinued|dc|d c|बंद|बंद करें|बंद करो|बंद कर दें|band kare|band karo)';
const IN_FRONT = new RegExp(`^${STOP}(?: |$)`, 'u');
const BEHIND = new RegExp(` ${STOP}$`, 'u');
/** "Stop if rash", "hold when BP is low": it is taken until then. */
const CONDITIONAL = / (?:if|when|once|after|in case|unless|अगर|यदि|होने पर) /u;

/** Whether the doctor ends a drug instead of ordering it: `STOP TAB PCM`, `PCM - HOLD`, `बंद`. */
export function isStopped({ drug, dose, frequency, daysText }: Prescription): boolean {
  return [drug, dose, frequency, daysText].some((text, at) => {
    const words = normalWords(text ?? '');
    if (CONDITIONAL.test(` ${words} `)) return false;
    // Of a dose, only the whole is sure: "stop" may stand in any sentence.
    return at === 0 ? IN_FRONT.test(words) || BEHIND.test(words) : IN_FRONT.exec(words)?.[0] === words;
  });
}
