/** What the OPD report counts. The order is that of its columns. */
export const MEASURES = ['registrations', 'scanAndShare', 'abhaLinked', 'abhaCreated', 'waitingForAbha'] as const;
export type Measure = (typeof MEASURES)[number];

/** For every measure one thing, e.g. a number. */
export type EachMeasure<T> = Record<Measure, T>;
export type Counts = Readonly<EachMeasure<number>>;

export function eachMeasure<T>(of: (measure: Measure) => T): EachMeasure<T> {
  return Object.fromEntries(MEASURES.map((measure) => [measure, of(measure)])) as EachMeasure<T>;
}

export const sumOf = (all: readonly Counts[]): Counts =>
  eachMeasure((measure) => all.reduce((sum, counts) => sum + counts[measure], 0));

/** In percent, to one decimal. Null where there is nothing to have a share in. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;

/** Of these the share in the registrations is told as well. */
export const SHARES = ['scanAndShare', 'abhaLinked'] as const satisfies readonly Measure[];
