import { Injectable } from '@nestjs/common';

/** One care context in a patient's app. */
export interface Link {
  readonly abhaAddress: string;
  readonly hipId: string;
  readonly patientReference: string;
  readonly careContextReference: string;
  readonly display: string;
  readonly hiTypes: Set<string>;
  readonly linkedAt: number;
  /** How often linking it succeeded. More than once: the adapter linked a visit twice. */
  timesLinked: number;
  /** Asked again although linked. */
  timesAskedAgain: number;
  timesNotified: number;
}

export type NewLink = Pick<Link, 'abhaAddress' | 'hipId' | 'patientReference' | 'careContextReference' | 'display'> & {
  readonly hiType: string;
};

/** The consent manager's register of linked care contexts. Nothing is ever unlinked. */
@Injectable()
export class Links {
  private readonly byKey = new Map<string, Link>();
  private readonly byContext = new Map<string, Link[]>();
  private readonly byAddress = new Map<string, Link[]>();

  find(abhaAddress: string, hipId: string, careContextReference: string): Link | undefined {
    return this.byKey.get(key(abhaAddress, hipId, careContextReference));
  }

  isLinked(one: NewLink): boolean {
    return this.find(one.abhaAddress, one.hipId, one.careContextReference)?.hiTypes.has(one.hiType) === true;
  }

  /** Links all entries of one request at once. */
  add(entries: readonly NewLink[]): void {
    const counted = new Set<string>();
    for (const entry of entries) {
      const id = key(entry.abhaAddress, entry.hipId, entry.careContextReference);
      const known = this.byKey.get(id);
      if (!known) this.create(id, entry);
      known?.hiTypes.add(entry.hiType);
      if (known && !counted.has(id)) known.timesLinked += 1;
      counted.add(id);
    }
  }

  askedAgain(entries: readonly NewLink[]): void {
    for (const entry of entries) {
      const link = this.find(entry.abhaAddress, entry.hipId, entry.careContextReference);
      if (link) link.timesAskedAgain += 1;
    }
  }

  of(abhaAddress: string): readonly Link[] {
    return this.byAddress.get(abhaAddress.toLowerCase()) ?? [];
  }

  /** The links of one care context, under whatever address. */
  ofContext(hipId: string, careContextReference: string): readonly Link[] {
    return this.byContext.get(JSON.stringify([hipId, careContextReference])) ?? [];
  }

  all(): IterableIterator<Link> {
    return this.byKey.values();
  }

  private create(id: string, entry: NewLink): void {
    const { hiType, ...rest } = entry;
    const link: Link = {
      ...rest,
      abhaAddress: entry.abhaAddress.toLowerCase(),
      hiTypes: new Set([hiType]),
      linkedAt: Date.now(),
      timesLinked: 1,
      timesAskedAgain: 0,
      timesNotified: 0,
    };
    this.byKey.set(id, link);
    append(this.byAddress, link.abhaAddress, link);
    append(this.byContext, JSON.stringify([link.hipId, link.careContextReference]), link);
  }
}

function append(lists: Map<string, Link[]>, at: string, link: Link): void {
  const list = lists.get(at);
  if (list) list.push(link);
  else lists.set(at, [link]);
}

function key(abhaAddress: string, hipId: string, careContextReference: string): string {
  return `${hipId}|${abhaAddress.toLowerCase()}|${careContextReference}`;
}
