import { DeskApi } from './desk-api.js';
import type { Stage } from './stage.js';

const COUNTED = ['registrations', 'scanAndShare', 'abhaLinked', 'abhaCreated', 'waitingForAbha', 'neither'] as const;
type Counted = (typeof COUNTED)[number];
export type Counts = Readonly<Record<Counted, number>>;

interface Row extends Counts {
  readonly medianMinutesToCall: number | null;
}
interface View {
  readonly rows: readonly Row[];
  readonly total: Row;
}

/** One day over all facilities of the demo. */
export interface DayInTheReport {
  readonly day: string;
  readonly counts: Counts;
  /** Empty: rows make their totals, and the parts of a total make it. */
  readonly doesNotAddUp: readonly string[];
}

/** `GET /reports/opd` of every facility, by counter, added up. */
export async function opdReport(stage: Stage, day: string): Promise<DayInTheReport> {
  const counts = { ...NOTHING };
  const doesNotAddUp: string[] = [];
  for (const [hfrId, key] of stage.keys) {
    const path = `/api/v1/reports/opd?from=${day}&to=${day}&by=counter&format=json`;
    const { rows, total } = (await new DeskApi(stage.adapterUrl, key).get(path)) as View;
    for (const name of COUNTED) {
      counts[name] += total[name];
      const sum = rows.reduce((all, row) => all + row[name], 0);
      if (sum !== total[name])
        doesNotAddUp.push(`${hfrId} ${day}: ${name} of the counters is ${sum}, and ${total[name]} in all`);
    }
    if (total.abhaLinked + total.waitingForAbha + total.neither !== total.registrations)
      doesNotAddUp.push(`${hfrId} ${day}: linked, waiting and neither do not make the registrations`);
  }
  return { day, counts, doesNotAddUp };
}

const NOTHING: Record<Counted, number> = {
  registrations: 0,
  scanAndShare: 0,
  abhaLinked: 0,
  abhaCreated: 0,
  waitingForAbha: 0,
  neither: 0,
};
