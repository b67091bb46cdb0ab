import { NRCES_BASE, PROFILES } from '../terminology/profiles.js';
import type { Profile, ProfileRow, RowType } from './profile-row.js';
import { AUTHORS } from './profiles/composition.js';
import type {
  CodingRule,
  ElementRule,
  FullCoding,
  ProfileRules,
  SectionRules,
  SingleSection,
  TargetName,
} from './profiles/profile-rules.js';
import { valueSetUrl } from './profiles/value-sets.js';
import { SLICE_IS_OPEN } from './slicing.js';

const NRCES_URLS: ReadonlySet<string> = new Set(Object.values(PROFILES));

/** Spells one of our tables out into the rows a published profile has. */
export function tableProfile({ url, resourceType, parent, elements, extensions, sections }: ProfileRules): Profile {
  return {
    url,
    resourceType,
    parent,
    rows: [
      ...Object.entries(elements).flatMap(([path, rule]) => elementRows(path, rule)),
      ...extensionRows(extensions ?? {}),
      ...sectionRows(sections ?? {}),
    ],
  };
}

function elementRows(path: string, { min, max, fixed, types, targets, coding, binding }: ElementRule): ProfileRow[] {
  const reference = targets === undefined ? [] : [pointingAt(targets)];
  const others = (types ?? []).filter((code) => code !== 'Reference').map((code) => ({ code }));
  const row: ProfileRow = {
    path,
    min,
    max,
    fixed,
    types: types === undefined && targets === undefined ? undefined : [...reference, ...others],
    ...(binding !== undefined && { binding: { strength: 'extensible', valueSet: valueSetUrl(binding) } }),
  };
  return [row, ...(coding === undefined ? [] : codingRows(path, coding))];
}

function codingRows(path: string, { systems = [], exactly, required, max, mayLackSystem }: CodingRule): ProfileRow[] {
  const coding = `${path}.coding`;
  const list: ProfileRow = { path: coding, min: required && 1, max };
  if (systems.length < 2) {
    const parts = partRows(coding, exactly ?? { system: systems[0] });
    return [list, ...parts.map((row, at) => (at === 0 && mayLackSystem ? { ...row, min: 0 } : row))];
  }
  const slicing = { discriminators: [{ type: 'value', path: 'system' }], rules: 'closed', isOrdered: false } as const;
  return [
    { ...list, slicing },
    ...systems.flatMap((system) => partRows(`${coding}:${system.replaceAll('.', '-')}`, { system })),
  ];
}

/** A coding is sent whole; what is not fixed may be anything. */
function partRows(path: string, fixed: Partial<FullCoding>): ProfileRow[] {
  return (['system', 'code', 'display'] as const).map((part) => ({
    path: `${path}.${part}`,
    min: 1,
    fixed: fixed[part],
  }));
}

function pointingAt(targets: readonly TargetName[]): RowType {
  return {
    code: 'Reference',
    targets: targets.map((name) => {
      const nrces = NRCES_BASE + name;
      return NRCES_URLS.has(nrces) ? nrces : `http://hl7.org/fhir/StructureDefinition/${name}`;
    }),
  };
}

function extensionRows(extensions: Readonly<Record<string, string>>): ProfileRow[] {
  const rows = Object.entries(extensions).map(([name, profile]) => ({
    path: `extension:${name}`,
    min: 0,
    max: 1,
    types: [{ code: 'Extension', profiles: [profile] }],
  }));
  if (rows.length === 0) return [];
  return [
    { path: 'extension', slicing: { discriminators: [{ type: 'value', path: 'url' }], ...SLICE_IS_OPEN } },
    ...rows,
  ];
}

function sectionRows({ known, titled, only }: SectionRules): ProfileRow[] {
  if (only !== undefined) return singleSectionRows(only);
  const path = known === undefined ? 'title' : 'code.coding.code';
  const slicing = { discriminators: [{ type: 'value', path }], rules: 'openAtEnd', isOrdered: false } as const;
  const slices = Object.entries({ ...known, ...titled }).flatMap(([name, section]): ProfileRow[] => {
    const here = `section:${name}`;
    return [
      { path: here, min: 0, max: 1 },
      ...('code' in section
        ? [{ path: `${here}.code.coding`, max: 1 }, ...partRows(`${here}.code.coding`, section.code)]
        : [{ path: `${here}.title`, min: 1, fixed: section.title }]),
      { path: `${here}.author`, types: [pointingAt(AUTHORS)] },
      { path: `${here}.entry`, types: [pointingAt(section.targets)] },
      { path: `${here}.entry.reference`, min: 1 },
    ];
  });
  return slices.length === 0 ? [] : [{ path: 'section', slicing }, ...slices];
}

function singleSectionRows({ code, usualCode, targets, entryTypes }: SingleSection): ProfileRow[] {
  const fixed = code ?? (usualCode && { system: usualCode.system });
  const slicing = { discriminators: [{ type: 'value', path: 'type' }], rules: 'closed', isOrdered: false } as const;
  return [
    ...(fixed === undefined ? [] : partRows('section.code.coding', fixed)),
    { path: 'section.author', types: [pointingAt(AUTHORS)] },
    ...(targets === undefined ? [] : [{ path: 'section.entry', types: [pointingAt(targets)] }]),
    ...(entryTypes === undefined ? [] : [{ path: 'section.entry', slicing }]),
    ...Object.entries(entryTypes ?? {}).flatMap(([type, rule]): ProfileRow[] => {
      const here = `section.entry:${type}`;
      return [
        { path: here, min: 0, max: rule.max, types: rule.targets && [pointingAt(rule.targets)] },
        { path: `${here}.reference`, min: 1 },
        { path: `${here}.type`, min: 1, fixed: type },
      ];
    }),
  ];
}
