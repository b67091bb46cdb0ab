import { Inject, Injectable } from '@nestjs/common';
import type { District } from '../../persistence/api-keys.js';
import type { Facility } from '../../persistence/entities/facility.entity.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { indiaDay } from '../../support/india-day.js';
import { sumOf } from './opd-counts.js';
import { OpdQueries, type NamedFacility, type OpdPart, type Scope } from './opd-queries.js';
import { linesOf, openRow, veiledRow, type Line, type ReportRow } from './opd-report.js';
import type { Report } from './report-csv.js';
import { daysOf, districtPeriod, facilityPeriod, type Period } from './report-period.js';
import { veil } from './suppression.js';

export interface OpdReport extends Report, Period {
  readonly rows: ReportRow[];
}

type Asked = { readonly from?: string | undefined; readonly to?: string | undefined };

/** The OPD report: what is counted is said at `OpdQueries.parts`, what a district does not see at `veil`. */
@Injectable()
export class OpdReports {
  constructor(
    private readonly queries: OpdQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A facility's own, in full. @throws Problem when the period is not one */
  async ofFacility(facility: Facility, asked: Asked, by: Report['by']): Promise<OpdReport> {
    const period = facilityPeriod(asked, indiaDay(this.clock.now()));
    const scope: Scope = { facilityIds: [facility.id], ...period };
    const parts = await this.queries.parts(scope);
    const lines = await this.facilityLines(facility, parts, period, by);
    const times = await this.queries.callTimes(scope, by);
    const total: Line = { key: null, name: null, counts: sumOf(parts) };
    const rows = lines.map((line) => openRow(line, times, by === 'facility' ? facility.id : (line.key ?? '')));
    return { ...period, by, rows, total: openRow(total, times, null) };
  }

  /** A district's, over its facilities, with small counts hidden. @throws Problem when the period is not a month that is over */
  async ofDistrict(district: District, asked: Asked, by: 'day' | 'facility'): Promise<OpdReport> {
    const period = districtPeriod(asked, indiaDay(this.clock.now()));
    const facilities = await this.queries.facilitiesOf(district);
    const scope: Scope = { facilityIds: facilities.map(({ id }) => id), ...period };
    const parts = await this.queries.parts(scope);
    const [days, places] = [dayLines(parts, period), facilityLines(parts, facilities)];
    const total: Line = { key: null, name: null, counts: sumOf(parts) };
    // Both divisions of the month, whichever is asked for: what one hides the other must not tell.
    const veils = veil(
      [days, places].map((lines) => lines.map(({ counts }) => counts)),
      total.counts,
      period.from,
    );
    const times = await this.queries.callTimes(scope, by);
    const [lines, index] = by === 'day' ? [days, 0] : [places, 1];
    const idOf = new Map(facilities.map(({ id, hfrId }) => [hfrId, id]));
    const rows = lines.flatMap((line, place) => {
      const marks = veils.tables[index]?.[place];
      const timeKey = by === 'day' ? line.key : (idOf.get(line.key ?? '') ?? '');
      return marks === undefined ? [] : [veiledRow(line, marks, times, timeKey)];
    });
    return { ...period, by, rows, total: veiledRow(total, veils.total, times, null) };
  }

  private async facilityLines(
    facility: Facility,
    parts: readonly OpdPart[],
    period: Period,
    by: Report['by'],
  ): Promise<readonly Line[]> {
    if (by === 'day') return dayLines(parts, period);
    if (by === 'facility') return facilityLines(parts, [facility]);
    const counters = await this.queries.countersOf(facility.id);
    return linesOf(
      parts,
      ({ counter }) => counter,
      counters.map(({ code, name }) => ({ key: code, name })),
    );
  }
}

const dayLines = (parts: readonly OpdPart[], period: Period): readonly Line[] =>
  linesOf(
    parts,
    ({ day }) => day,
    daysOf(period).map((day) => ({ key: day, name: null })),
  );

function facilityLines(parts: readonly OpdPart[], facilities: readonly NamedFacility[]): readonly Line[] {
  const hfrIds = new Map(facilities.map(({ id, hfrId }) => [id, hfrId]));
  return linesOf(
    parts,
    ({ facilityId }) => hfrIds.get(facilityId) ?? null,
    facilities.map(({ hfrId, name }) => ({ key: hfrId, name })),
  );
}
