import type { TimingRepeat } from 'fhir/r4.js';
import { normalWords } from './normal-words.js';
import type { DoseWord } from './dose-timing.js';
import { drugForm } from './drug-forms.js';
import type { DrugRow } from './drug-index.js';
import { readStrengths } from './drug-strength.js';
import { listed } from './read-table.js';
import type { TableRow } from './read-table.js';
import type { TableProblems } from './table-problems.js';

/** A line of `drugs.csv`, with its form and strength understood. */
export function drugRowOf({ line, name, synonyms, coding, cell }: TableRow, problems: TableProblems): DrugRow {
  const form = drugForm(cell('form'));
  if (form === undefined && cell('form') !== '') {
    problems.add(
      'drugs',
      line,
      'form',
      'is not a form known here (tablet, capsule, syrup …). Use one of drug-forms.ts.',
    );
  }
  const { measures, rest } = readStrengths(cell('strength'));
  if (
    normalWords(rest) !== '' ||
    measures.some(({ unit }) => unit === undefined) ||
    (cell('strength') !== '' && measures.length === 0)
  ) {
    problems.add('drugs', line, 'strength', 'is not an amount with its unit, e.g. 500 mg or 125 mg/5 mL. Correct it.');
  }
  return { name, synonyms, coding, form, strength: measures };
}

type When = NonNullable<TimingRepeat['when']>[number];
const PERIOD_UNITS = ['h', 'd', 'wk', 'mo'] as const;
/** Times of day and of meals in FHIR. Source: R4 value set event-timing. */
const WHENS: readonly When[] = [
  ...([
    'MORN',
    'MORN.early',
    'MORN.late',
    'NOON',
    'AFT',
    'AFT.early',
    'AFT.late',
    'EVE',
    'EVE.early',
    'EVE.late',
  ] as const),
  ...([
    'NIGHT',
    'PHS',
    'HS',
    'WAKE',
    'C',
    'CM',
    'CD',
    'CV',
    'AC',
    'ACM',
    'ACD',
    'ACV',
    'PC',
    'PCM',
    'PCD',
    'PCV',
  ] as const),
];

/** A line of `dose-words.csv`. */
export function doseWordOf({ line, cell }: TableRow, problems: TableProblems): DoseWord {
  const complain = (column: string, sentence: string): void => problems.add('dose-words', line, column, sentence);
  const when = listed(cell('when')).flatMap((code) => WHENS.find((each) => each === code) ?? []);
  if (when.length < listed(cell('when')).length) complain('when', 'is no code of event-timing, e.g. MORN, HS, AC.');
  const flag = (column: string): boolean => {
    if (!['', 'yes'].includes(cell(column))) complain(column, 'is neither yes nor empty.');
    return cell(column) === 'yes';
  };
  return { repeat: repeatOf(cell, complain), when, asNeeded: flag('as_needed'), once: flag('once') };
}

function repeatOf(cell: TableRow['cell'], complain: (column: string, sentence: string) => void): DoseWord['repeat'] {
  const columns = ['frequency', 'period', 'period_unit'].map(cell);
  if (columns.every((each) => each === '')) return undefined;
  const [frequency, period] = columns.map(Number);
  const periodUnit = PERIOD_UNITS.find((unit) => unit === cell('period_unit'));
  if (!isCount(frequency)) complain('frequency', 'is not a whole number above 0.');
  if (!isCount(period)) complain('period', 'is not a whole number above 0.');
  if (periodUnit === undefined) complain('period_unit', `is none of ${PERIOD_UNITS.join(', ')}.`);
  if (!isCount(frequency) || !isCount(period) || periodUnit === undefined) return undefined;
  return { frequency, period, periodUnit };
}

const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value > 0;
