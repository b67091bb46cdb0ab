import type { ImmunizationProtocolApplied } from 'fhir/r4.js';
import type { ImmunizationGiven } from '../../ports/visit.js';

type Dose = Pick<ImmunizationProtocolApplied, 'doseNumberPositiveInt' | 'doseNumberString'>;

/**
 * Which dose it was: a number where the hospital's column, or else the vaccine's own words (`OPV-1`, `पेंटा-2`), say
 * one number and nothing else; otherwise words (`0`, `Booster 1`). Undefined when nothing is said.
 */
export function doseNumber({ vaccine, doseNumber: column }: ImmunizationGiven): Dose | undefined {
  const written = doseInName(vaccine);
  const said = column === undefined ? written : inDigits(column);
  if (said === undefined) return undefined;
  if (written !== undefined && IS_BOOSTER.test(written) && !IS_BOOSTER.test(said)) {
    // "Dose 1" of a booster must not be read as the first dose ever.
    return { doseNumberString: `${written} ${said}` };
  }
  const doTheyDiffer = written !== undefined && Number(written) !== Number(said);
  if (!/^0*[1-9]\d?$/.test(said) || doTheyDiffer) return { doseNumberString: column ?? said };
  return { doseNumberPositiveInt: Number(said) };
}

/** The same in words, e.g. `2`, `Booster`. */
export function doseText(from: ImmunizationGiven): string | undefined {
  const dose = doseNumber(from);
  return dose?.doseNumberString ?? dose?.doseNumberPositiveInt?.toString();
}

/**
 * Behind a gap or an abbreviation of the national schedule, which counts to three. Higher numbers there are valencies
 * (`PCV 13`) or years.
 */
const IN_NAME =
  /(?:[\s–—-]|(?<=^(?:F?IPV|OPV|PENTA|ROTA|RVV|PCV|DPT|MR|JE|TD|TT)))(?:DOSE\s*)?([0-3]|(?<=[\s–—-])I{1,3})(?:ST|ND|RD)?(?:\s*DOSE)?$/i;
/** Behind HPV and "type" any number is a kind of virus, and rabies is counted in days (0, 3, 7, 28). */
const OTHER_NUMBER = /HPV|TYPE|ARV|IDRV|RAB|रेबीज|रैबीज/i;
const BOOSTER = /(?:BOOSTER|बूस्टर)(?:\s*DOSE)?[\s–—-]*\d?$/iu;
const IS_BOOSTER = /BOOSTER|बूस्टर/iu;

function doseInName(vaccine: string): string | undefined {
  const name = inDigits(vaccine);
  const booster = BOOSTER.exec(name)?.[0];
  if (booster !== undefined) return booster;
  const dose = OTHER_NUMBER.test(name) ? undefined : IN_NAME.exec(name)?.[1];
  return dose !== undefined && /^I/i.test(dose) ? String(dose.length) : dose;
}

/** Trimmed, Devanagari digits as 0-9. */
const inDigits = (text: string): string =>
  text.trim().replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - '०'.charCodeAt(0)));
