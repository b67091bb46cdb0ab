import { M1_CASES, M1_SECTIONS } from './test-cases-m1.js';
import { SECTIONS, TEST_CASES, type TestCase } from './test-cases.js';

export const MILESTONES = { 1: 'ABHA, scan and share', 2: 'Linking and sharing records (HIP)' } as const;
export type Milestone = keyof typeof MILESTONES;
export const BOTH_MILESTONES: readonly Milestone[] = [1, 2];

/** Every case of both sheets. */
export const ALL_CASES = [...M1_CASES, ...TEST_CASES] as const;
export type CaseId = (typeof ALL_CASES)[number]['id'];

export interface SheetSection {
  readonly id: string;
  readonly milestone: Milestone;
  readonly title: string;
}

/** Scan and share stands on the sheet of Milestone 2 too, and has to be there for Milestone 1. */
const SCAN_AND_SHARE = 'E';

/** In the order of the report. */
export const SHEET_SECTIONS: readonly SheetSection[] = [
  ...Object.entries(M1_SECTIONS).map(([id, title]) => sectionOf(id, 1, `${id.slice(1)}. ${title}`)),
  sectionOf(SCAN_AND_SHARE, 1, `${SECTIONS[SCAN_AND_SHARE]} (numbered as on the sheet of Milestone 2)`),
  ...Object.entries(SECTIONS)
    .filter(([id]) => id !== SCAN_AND_SHARE)
    .map(([id, title]) => sectionOf(id, 2, `${id}. ${title}`)),
];

function sectionOf(id: string, milestone: Milestone, title: string): SheetSection {
  return { id, milestone, title };
}

export function milestoneOf({ section }: Pick<TestCase, 'section'>): Milestone {
  return SHEET_SECTIONS.find(({ id }) => id === section)?.milestone ?? 2;
}

/** The cases of these milestones, in the order of their sheets. */
export const casesOf = (milestones: readonly Milestone[]): readonly TestCase<string, CaseId>[] =>
  ALL_CASES.filter((one) => milestones.includes(milestoneOf(one)));
