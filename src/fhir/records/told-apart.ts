/** One of a list, and the parts of an id that are its own. */
export interface Apart<T> {
  readonly item: T;
  readonly key: readonly (string | number)[];
}

/**
 * Ids come from what a thing is called, not from its place: it keeps them when others of the visit come or go. Where
 * two have one name, the second is told apart by being the second.
 */
export function toldApart<T>(list: readonly T[], nameOf: (item: T) => string): readonly Apart<T>[] {
  const seen = new Map<string, number>();
  return list.map((item) => {
    const name = nameOf(item);
    const place = (seen.get(name) ?? 0) + 1;
    seen.set(name, place);
    return { item, key: place === 1 ? [name] : [name, place] };
  });
}
