import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { District } from '../../persistence/api-keys.js';
import type { Counts } from './opd-counts.js';

export interface Scope {
  readonly facilityIds: readonly string[];
  /** In India, both included. */
  readonly from: string;
  readonly to: string;
}

/** The smallest part of a report. `counter`: in capitals, null where none was named. */
export interface OpdPart extends Counts {
  readonly facilityId: string;
  readonly day: string;
  readonly counter: string | null;
}

/** From scan to call; `key` null: of all of them. `called`: of how many tokens. */
export interface CallTime {
  readonly key: string | null;
  readonly called: number;
  readonly medianMinutes: number;
}

export interface NamedFacility {
  readonly id: string;
  readonly hfrId: string;
  readonly name: string;
}

const TOKEN_KEYS = { day: 't.day::text', facility: 't.facility_id::text', counter: 'c.code' } as const;

/** Reads what the OPD report is made of: sums, never a patient. */
@Injectable()
export class OpdQueries {
  constructor(private readonly db: DataSource) {}

  /**
   * One OPD registration is
   *   - a visit of that day that was not withdrawn (two visits of a person on a day are two, as in the hospital's register);
   *   - a person registered that day (POST /registrations) who has no visit there on that day yet: once, however often she
   *     was registered. Rows of patients that the hospital said are one count as one person.
   * Of them came by scan and share: visits of which the hospital says so, and persons registered from a shared profile. What
   * is known from a registration counts with the person's first visit of the day only.
   *   - ABHA-linked: the visit is linked in ABDM; without a visit, her ABHA address is known.
   *   - waiting for ABHA: the visit waits for one; without a visit, she has none.
   *   - neither: being linked, failed, or with something to mend.
   *   - ABHA created: no part of the registrations, but ABHAs that were made that day in a session of desk or kiosk, whether
   *     or not somebody was registered with it: each session once, and ABDM calls an ABHA new once; at the counter of the
   *     session, else of the registration made with it. A session keeps this when it is erased. By driving licence
   *     (provisional) they count too.
   */
  parts({ facilityIds, from, to }: Scope): Promise<OpdPart[]> {
    // Visits are looked at once and joined as a whole. Looked up for each registration they cost a day's report 35 s where
    // this takes 0.1 s (a facility with 1,000,000 visits in the year; a month 0.8 s, all of the year 10 s).
    return this.db.query(
      `WITH registered AS (
         SELECT r.facility_id, r.day, coalesce(p.merged_into, p.id) AS person,
           bool_or(r.source = 'scan-and-share') AS is_scan, bool_or(p.abha_address_hash IS NOT NULL) AS has_abha,
           (array_agg(c.code ORDER BY r.registered_at, r.id))[1] AS counter
         FROM registration r JOIN patient p ON p.id = r.patient_id LEFT JOIN counter c ON c.id = r.counter_id
         WHERE r.facility_id = ANY ($1) AND r.day BETWEEN $2 AND $3
         GROUP BY r.facility_id, r.day, coalesce(p.merged_into, p.id)
       ), seen AS (
         SELECT v.facility_id, v.day, upper(nullif(btrim(v.counter), '')) AS counter, v.state, v.is_scan_and_share,
           coalesce(p.merged_into, p.id) AS person,
           row_number() OVER (PARTITION BY v.facility_id, v.day, coalesce(p.merged_into, p.id)
             ORDER BY v.registered_at NULLS LAST, v.id) AS nth
         FROM visit v LEFT JOIN patient p ON p.id = v.patient_id
         WHERE v.facility_id = ANY ($1) AND v.day BETWEEN $2 AND $3 AND v.state <> 'withdrawn'
       ), created AS (
         SELECT s.facility_id, (coalesce(s.verified_at, s.created_at) AT TIME ZONE 'Asia/Kolkata')::date AS day,
           coalesce(c.code, at_desk.code) AS counter
         FROM abha_session s LEFT JOIN counter c ON c.id = s.counter_id
         LEFT JOIN registration r ON r.abha_session_id = s.id LEFT JOIN counter at_desk ON at_desk.id = r.counter_id
         WHERE s.is_new AND s.facility_id = ANY ($1)
           -- A day more at either end finds them by the index: no session lasts that long.
           AND s.created_at BETWEEN $2::date - interval '2 days' AND $3::date + interval '2 days'
       ), opd AS (
         SELECT s.facility_id, s.day, coalesce(s.counter, r.counter) AS counter,
           s.is_scan_and_share OR coalesce(r.is_scan, false) AS is_scan,
           s.state = 'linked' AS is_linked, s.state = 'waiting-for-abha' AS is_waiting, false AS is_created
         FROM seen s LEFT JOIN registered r
           ON s.nth = 1 AND r.facility_id = s.facility_id AND r.day = s.day AND r.person = s.person
         UNION ALL
         SELECT r.facility_id, r.day, r.counter, r.is_scan, r.has_abha, NOT r.has_abha, false
         FROM registered r WHERE NOT EXISTS (SELECT 1 FROM seen s
           WHERE s.facility_id = r.facility_id AND s.day = r.day AND s.person = r.person)
         UNION ALL
         SELECT facility_id, day, counter, false, false, false, true FROM created WHERE day BETWEEN $2 AND $3
       )
       SELECT facility_id AS "facilityId", day::text AS day, counter, count(*) FILTER (WHERE NOT is_created)::int AS registrations,
         count(*) FILTER (WHERE is_scan)::int AS "scanAndShare", count(*) FILTER (WHERE is_linked)::int AS "abhaLinked",
         count(*) FILTER (WHERE is_created)::int AS "abhaCreated", count(*) FILTER (WHERE is_waiting)::int AS "waitingForAbha"
       FROM opd GROUP BY facility_id, day, counter ORDER BY day, facility_id, counter NULLS LAST`,
      [facilityIds, from, to],
    );
  }

  /** Tokens of those days that were called: minutes from the scan to the first call, the median of each part and of all. */
  callTimes({ facilityIds, from, to }: Scope, by: keyof typeof TOKEN_KEYS): Promise<CallTime[]> {
    return this.db.query(
      `SELECT ${TOKEN_KEYS[by]} AS key, count(*)::int AS called,
         round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.called_at - t.issued_at)) / 60)::numeric, 1)::float8
           AS "medianMinutes"
       FROM queue_token t JOIN counter c ON c.id = t.counter_id
       WHERE t.facility_id = ANY ($1) AND t.day BETWEEN $2 AND $3 AND t.called_at IS NOT NULL
       GROUP BY GROUPING SETS ((${TOKEN_KEYS[by]}), ()) HAVING count(*) > 0`,
      [facilityIds, from, to],
    );
  }

  countersOf(facilityId: string): Promise<{ code: string; name: string }[]> {
    return this.db.query('SELECT code, name FROM counter WHERE facility_id = $1 ORDER BY code', [facilityId]);
  }

  facilitiesOf({ district, state }: District): Promise<NamedFacility[]> {
    return this.db.query(
      `SELECT id, hfr_id AS "hfrId", name FROM facility
       WHERE lower(district) = lower($1) AND lower(state) IS NOT DISTINCT FROM lower($2) ORDER BY hfr_id`,
      [district, state],
    );
  }
}
