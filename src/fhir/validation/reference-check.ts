import type { JsonObject } from './json-path.js';
import type { Target } from './shape.js';
import type { WalkState } from './walk-state.js';

/**
 * A reference leads somewhere, to a resource of a type and profile allowed there, and says no other type than that.
 * What is wrong with the target as what it claims to be is said at the target, once, and not at all that point at it.
 */
export function followReference(walk: WalkState, value: JsonObject, targets: readonly Target[] | undefined): void {
  const { report, container } = walk;
  const { reference, type } = value;
  if (typeof reference !== 'string') return;
  const target = walk.resolve(reference);
  if (target === undefined) {
    // What a Composition names is part of the document; elsewhere an address on some server is allowed.
    const belongsHere = walk.index !== undefined && (isComposition(container) || reference.startsWith('urn:'));
    if (belongsHere || reference.startsWith('#')) report.add('dangling-reference');
    return;
  }
  if (container !== undefined) {
    const reached = walk.reached.get(container);
    if (reached === undefined) walk.reached.set(container, [target]);
    else reached.push(target);
  }
  const { resourceType } = target;
  if (typeof resourceType !== 'string') return;
  if (typeof type === 'string' && type !== resourceType) report.add('wrong-reference-type');
  if (targets !== undefined) checkTarget(walk, target, resourceType, targets);
}

const isComposition = (resource: JsonObject | undefined): boolean => resource?.['resourceType'] === 'Composition';

function checkTarget(walk: WalkState, target: JsonObject, resourceType: string, targets: readonly Target[]): void {
  const fitting = targets.filter((each) => each.resourceType === resourceType);
  if (fitting.length === 0) {
    walk.report.add('wrong-target', [], namesOf(targets));
    return;
  }
  const { profiles } = walk.claimsOf(target);
  const isFit = ({ profile }: Target): boolean =>
    profile === undefined || profiles.some((claimed) => walk.book.isBuiltOn(claimed, profile));
  if (fitting.some(isFit)) return;
  const isFitThough = fitting.some(({ profile }) => profile !== undefined && walk.satisfies(target, profile));
  if (!isFitThough) walk.report.add('wrong-target-profile', [], namesOf(fitting));
}

/** By the profiles' last names, which say more than the types: `DiagnosticReportLab`. */
function namesOf(targets: readonly Target[]): string {
  const names = targets.map(
    ({ resourceType, profile }) => profile?.slice(profile.lastIndexOf('/') + 1) ?? resourceType,
  );
  return [...new Set(names)].join(' / ');
}
