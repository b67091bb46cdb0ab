import type { Bundle, Composition, FhirResource, Reference } from 'fhir/r4.js';
import { moment } from './dates.js';
import { markup } from './html.js';
import type { Html } from './html.js';
import { rendered } from './kinds/index.js';
import { observations } from './kinds/observation.js';
import { displayOf, nameOf } from './names.js';
import { line, small } from './pieces.js';
import type { Texts } from './texts.en.js';
import type { View } from './view.js';
import { list, said, texts } from './words.js';

/** Deeper than this, what is pointed at is only named: a chain of references has no end in sight. */
const MOST_DEEP = 12;

/** One document, opened for showing: what is in it, and what the reader has been shown so far. */
export class OpenDocument {
  readonly resources: readonly FhirResource[];
  readonly composition: Composition | undefined;
  private readonly byReference = new Map<string, FhirResource>();
  private readonly shown = new Set<FhirResource>();
  private readonly named = new Set<FhirResource>();
  private readonly atHead = new Set<FhirResource>();

  constructor(
    bundle: Bundle,
    private readonly labels: Texts,
  ) {
    const entries = list(bundle.entry).flatMap((entry) => {
      const resource = entry.resource as FhirResource | undefined;
      return typeof resource?.resourceType === 'string' ? [{ fullUrl: entry.fullUrl, resource }] : [];
    });
    for (const { fullUrl, resource } of entries) {
      const { id, resourceType } = resource;
      const keys = id === undefined ? [fullUrl] : [fullUrl, `${resourceType}/${id}`, `urn:uuid:${id}`];
      for (const key of keys) if (key !== undefined && !this.byReference.has(key)) this.byReference.set(key, resource);
    }
    this.resources = entries.map(({ resource }) => resource);
    this.composition = this.resources.find((resource) => resource.resourceType === 'Composition');
  }

  get view(): View {
    return this.viewFrom(undefined, 0);
  }

  /** Shows what no section and no head has told. What one of these tells of another is not told again. */
  showUntold(): Html[] {
    const isUntold = (each: FhirResource): boolean =>
      each !== this.composition && !this.shown.has(each) && !this.named.has(each);
    return grouped(this.resources.filter(isUntold)).flatMap(
      (group) => this.showGroup(group.filter(isUntold), this.view) ?? [],
    );
  }

  /** Remembers what the head tells, so that no part of the document repeats it. */
  tellAtHead(reference: Reference | undefined): void {
    const found = this.find(reference, undefined);
    if (found !== undefined) this.atHead.add(found);
  }

  /** Shows resources in their order. */
  showAll(resources: readonly FhirResource[]): Html[] {
    return grouped(resources).flatMap((group) => this.showGroup(group, this.view) ?? []);
  }

  private showGroup(group: readonly FhirResource[], view: View): Html | undefined {
    const findings = group.filter((each) => each.resourceType === 'Observation');
    if (findings.length > 0) return observations(findings, view) ?? this.shownAbove(group, view);
    const [resource] = group;
    if (resource === undefined) return undefined;
    return view.take(resource) ? rendered(resource, view.from(resource)) : this.shownAbove(group, view);
  }

  private shownAbove(group: readonly FhirResource[], view: View): Html | undefined {
    const names = texts(group.map((each) => nameOf(each, (reference) => view.find(reference))));
    return names.length === 0 ? undefined : line(markup`${names.join(', ')} ${small(this.labels.shownAbove)}`);
  }

  private viewFrom(container: FhirResource | undefined, depth: number): View {
    const find = (reference: Reference | undefined): FhirResource | undefined => this.find(reference, container);
    const name = (reference: Reference | undefined): string | undefined => {
      const found = find(reference);
      if (found !== undefined) this.named.add(found);
      return (found === undefined ? undefined : nameOf(found, find)) ?? displayOf(reference);
    };
    const written = moment(this.composition?.date);
    const view: View = {
      texts: this.labels,
      day: written?.slice(0, 10),
      moment: written,
      find,
      name,
      nameBesides: (reference) => {
        const found = find(reference);
        return found !== undefined && this.atHead.has(found) ? undefined : name(reference);
      },
      show: (reference) => {
        const found = find(reference);
        if (found !== undefined && depth < MOST_DEEP) return this.showGroup([found], view);
        return found === undefined ? this.absent(reference) : line(name(reference));
      },
      take: (resource) => {
        if (this.shown.has(resource) || depth > MOST_DEEP) return false;
        this.shown.add(resource);
        return true;
      },
      from: (resource) => this.viewFrom(resource, depth + 1),
    };
    return view;
  }

  private absent(reference: Reference | undefined): Html | undefined {
    const name = displayOf(reference);
    return name === undefined ? undefined : line(markup`${name} ${small(this.labels.notEnclosed)}`);
  }

  /** Senders point by `urn:uuid:…`, `Patient/1`, a full address of either, with or without a version, or `#contained`. */
  private find(reference: Reference | undefined, container: FhirResource | undefined): FhirResource | undefined {
    const target = said(reference?.reference);
    if (target === undefined) return undefined;
    if (target.startsWith('#')) {
      const contained = container !== undefined && 'contained' in container ? list(container.contained) : [];
      return contained.find(({ id }) => id === target.slice(1)) as FhirResource | undefined;
    }
    const unversioned = target.replace(/\/_history\/[^/]*$/, '');
    const relative = unversioned.split('/').slice(-2).join('/');
    return this.byReference.get(target) ?? this.byReference.get(unversioned) ?? this.byReference.get(relative);
  }
}

/** Observations that stand together make one table; everything else stands by itself. */
function grouped(resources: readonly FhirResource[]): FhirResource[][] {
  const groups: FhirResource[][] = [];
  for (const resource of resources) {
    const last = groups.at(-1);
    const isSame = resource.resourceType === 'Observation' && last?.[0]?.resourceType === 'Observation';
    if (isSame) last.push(resource);
    else groups.push([resource]);
  }
  return groups;
}
