import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { abhaNumber } from '../abha/numbers.js';
import { digits, type Patient, Patients } from '../patient-app/patients.js';
import type { Share } from './shares.js';
import { Scans, type ScanWishes } from './scans.js';
import type { Counter } from './share-url.js';

export interface CrowdWishes extends ScanWishes {
  /** Absent: as fast as `parallel` allows. */
  readonly perSecond?: number | undefined;
  /** So many callbacks are on their way at once. Default 50. */
  readonly parallel?: number | undefined;
}

const NAMES = ['Asha Devi', 'Ramesh Kumar', 'Sunita Kashyap', 'Mohan Baghel', 'Phulo Markam', 'Dinesh Netam'] as const;

/** Away from the numbers the ABHA service gives out itself. */
const FIRST_NUMBER = 5_000_000;

/** A morning at the counters: many people scan, at a given rate. */
@Injectable()
export class ManyScans {
  private invented = 0;

  constructor(
    private readonly patients: Patients,
    private readonly scans: Scans,
  ) {}

  /** New people with invented names, known to ABDM from now on. */
  invent(count: number): Patient[] {
    return Array.from({ length: count }, () => {
      this.invented += 1;
      const n = this.invented;
      const patient: Patient = {
        abhaAddress: `walk.in${n}@sbx`,
        abhaNumber: digits(abhaNumber(FIRST_NUMBER + n)),
        name: NAMES[n % NAMES.length] ?? NAMES[0],
        gender: n % 2 === 0 ? 'F' : 'M',
        yearOfBirth: 1950 + (n % 60),
        monthOfBirth: 1 + (n % 12),
        dayOfBirth: 1 + (n % 28),
        address: { line: 'Ward 4', district: 'BASTAR', state: 'CHHATTISGARH', pincode: '494001' },
        mobile: String(9_000_000_000 + n),
      };
      this.patients.add(patient);
      return patient;
    });
  }

  /** The people take the counters in turn. Returns when every callback was taken; with `wait`, answered. */
  async scan(people: readonly Patient[], counters: readonly Counter[], wishes: CrowdWishes): Promise<Share[]> {
    const { perSecond, parallel = 50, ...each } = wishes;
    const shares: Share[] = [];
    const started = Date.now();
    let next = 0;
    const oneQueue = async (): Promise<void> => {
      for (let i = next++; i < people.length; i = next++) {
        if (perSecond !== undefined) await wait(Math.max(0, started + (i * 1000) / perSecond - Date.now()));
        const [person, counter] = [people[i], counters[i % counters.length]];
        if (person && counter) shares[i] = await this.scans.scan(person, counter, { ...each, wait: false });
      }
    };
    await Promise.all(Array.from({ length: parallel }, oneQueue));
    if (wishes.wait) await Promise.all(shares.map((one) => this.scans.settlement(one)));
    return shares;
  }
}
