import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { checkCodings, checkTarget } from './profile-check.js';
import type { KnownSection, SectionRules, SingleSection } from './profiles/profile-rules.js';
import type { DocumentIndex } from './references.js';
import type { Report } from './report.js';

/** Checks a Composition's sections as the record's profile slices them. */
export function checkSections(
  composition: JsonObject,
  rules: SectionRules,
  index: DocumentIndex,
  report: Report,
): void {
  const { only, known, max } = rules;
  const sections = listOf(composition['section']).filter(isObject);
  report.inResource('Composition', () => {
    if (max === 1 && sections.length > 1) report.add('too-many', ['section']);
    if (known !== undefined) checkKnownSections(sections, Object.values(known), index, report);
    if (only !== undefined) sections.forEach((section, at) => checkSingleSection(section, only, at, report));
  });
}

/** Slices by code, openAtEnd. */
function checkKnownSections(
  sections: readonly JsonObject[],
  known: readonly KnownSection[],
  index: DocumentIndex,
  report: Report,
): void {
  const slices = sections.map((section) => known.find(({ code }) => codesOf(section).includes(code.code)));
  const lastKnown = slices.findLastIndex((slice) => slice !== undefined);
  sections.forEach((section, at) => {
    const slice = slices[at];
    if (slice === undefined) {
      if (at < lastKnown) report.add('unknown-section-before-known', ['section', at]);
      return;
    }
    if (slices.indexOf(slice) < at) report.add('repeated-section', ['section', at]);
    if (isObject(section['code'])) {
      checkCodings(section['code'], { exactly: slice.code }, ['section', at, 'code'], report);
    }
    listOf(section['entry']).forEach((entry, step) => {
      if (!isObject(entry)) return;
      const here = ['section', at, 'entry', step];
      if (entry['reference'] === undefined) report.add('missing', [...here, 'reference']);
      checkTarget(entry, slice.targets, here, index, report);
    });
  });
}

/** Entries are sliced by the value of Reference.type, closed. */
function checkSingleSection(section: JsonObject, rule: SingleSection, at: number, report: Report): void {
  if (isObject(section['code'])) {
    checkCodings(section['code'], { exactly: rule.code }, ['section', at, 'code'], report);
  }
  const seen = new Map<string, number>();
  listOf(section['entry']).forEach((entry, step) => {
    const type = isObject(entry) ? entry['type'] : undefined;
    const limit = typeof type === 'string' ? allowance(rule, type) : undefined;
    if (typeof type !== 'string' || limit === undefined) {
      // A missing type is said once, by the table of elements.
      if (type !== undefined) {
        report.add('entry-type', ['section', at, 'entry', step, 'type'], Object.keys(rule.entryTypes).join(', '));
      }
      return;
    }
    const count = (seen.get(type) ?? 0) + 1;
    seen.set(type, count);
    if (limit === 1 && count === 2) report.add('too-many', ['section', at, 'entry', step]);
  });
}

function allowance({ entryTypes }: SingleSection, type: string): 1 | 'many' | undefined {
  const allowed: Readonly<Record<string, 1 | 'many'>> = entryTypes;
  return Object.hasOwn(allowed, type) ? allowed[type] : undefined;
}

function codesOf(section: JsonObject): unknown[] {
  const { code } = section;
  const codings = isObject(code) ? listOf(code['coding']) : [];
  return codings.filter(isObject).map((coding) => coding['code']);
}
