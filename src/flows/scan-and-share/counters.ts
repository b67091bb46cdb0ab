import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { COUNTER_CODE } from '../../persistence/counter-codes.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { newId } from '../../support/ids.js';

/** A counter of a facility. `code`: 1 to 20 letters and digits, in capitals. */
export interface Counter {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly department: string | null;
  readonly isOpen: boolean;
}

export interface CounterChanges {
  readonly name?: string | undefined;
  readonly department?: string | null | undefined;
  readonly isOpen?: boolean | undefined;
}

const SELECT = 'SELECT id, code, name, department, is_open AS "isOpen" FROM counter';

/** The counters of each facility, by their codes: capital or small letters are the same. */
@Injectable()
export class Counters {
  constructor(
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(facilityId: string): Promise<Counter[]> {
    return this.db.query(`${SELECT} WHERE facility_id = $1 ORDER BY code`, [facilityId]);
  }

  async find(
    facilityId: string,
    code: string,
    db: Pick<EntityManager, 'query'> = this.db,
  ): Promise<Counter | undefined> {
    // Whatever stands in a path or a QR code; PostgreSQL takes not every text.
    if (!COUNTER_CODE.test(code)) return undefined;
    const [found]: Counter[] = await db.query(`${SELECT} WHERE facility_id = $1 AND code = $2`, [
      facilityId,
      code.toUpperCase(),
    ]);
    return found;
  }

  /** Undefined when the facility has one with this code. */
  async make(facilityId: string, counter: Omit<Counter, 'id'>): Promise<Counter | undefined> {
    const [made]: Counter[] = await this.db.query(
      `INSERT INTO counter (id, facility_id, code, name, department, is_open, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (facility_id, code) DO NOTHING
       RETURNING id, code, name, department, is_open AS "isOpen"`,
      [
        newId(),
        facilityId,
        counter.code.toUpperCase(),
        counter.name,
        counter.department,
        counter.isOpen,
        this.clock.now(),
      ],
    );
    return made;
  }

  /** Undefined when the facility has no such counter. What is not named stays. */
  async change(facilityId: string, code: string, changes: CounterChanges): Promise<Counter | undefined> {
    if (!COUNTER_CODE.test(code)) return undefined;
    const [[changed]] = await this.db.query<[Counter[], number]>(
      `UPDATE counter SET name = coalesce($3, name), is_open = coalesce($4, is_open),
         department = CASE WHEN $5 THEN $6 ELSE department END
       WHERE facility_id = $1 AND code = $2 RETURNING id, code, name, department, is_open AS "isOpen"`,
      [
        facilityId,
        code.toUpperCase(),
        changes.name ?? null,
        changes.isOpen ?? null,
        changes.department !== undefined,
        changes.department ?? null,
      ],
    );
    return changed;
  }
}
