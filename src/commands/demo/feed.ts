import { readFile } from 'node:fs/promises';
import type { HospitalPort } from '../../ports/hospital.port.js';
import type { VisitPatient } from '../../ports/visit.js';

export interface FeedFacility {
  readonly hfrId: string;
  readonly name: string;
}

/** A day's visits, and who is in them. */
export interface Feed {
  readonly lines: readonly string[];
  readonly facilities: readonly FeedFacility[];
  /** The facility of each line; undefined where it names none that can be used. */
  readonly facilityOfLine: readonly (string | undefined)[];
  /** Patients with an ABHA address, once each: these ABDM has to know. */
  readonly abhaHolders: readonly VisitPatient[];
}

const HFR_ID = /^IN\d{10}$/;

/** Reads the feed with the adapter's own reader, only to set the stage: what is posted are the lines as they are. */
export async function readFeed(path: string, hospital: HospitalPort): Promise<Feed> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const facilities = new Map<string, FeedFacility>();
  const holders = new Map<string, VisitPatient>();
  const facilityOfLine = lines.map((line) => {
    const reading = readLine(line, hospital);
    if (reading === undefined || reading.kind === 'refused') return undefined;
    if (reading.kind === 'quarantined') return HFR_ID.test(reading.hfrId) ? reading.hfrId : undefined;
    const { hfrId, facilityName, patient } = reading.visit;
    if (!HFR_ID.test(hfrId)) return undefined;
    if (!facilities.has(hfrId)) facilities.set(hfrId, { hfrId, name: facilityName ?? hfrId });
    if (patient.abhaAddress !== undefined && !holders.has(patient.abhaAddress))
      holders.set(patient.abhaAddress, patient);
    return hfrId;
  });
  return { lines, facilities: [...facilities.values()], facilityOfLine, abhaHolders: [...holders.values()] };
}

function readLine(line: string, hospital: HospitalPort): ReturnType<HospitalPort['read']>['reading'] | undefined {
  try {
    return hospital.read(JSON.parse(line)).reading;
  } catch {
    return undefined; // not JSON: the adapter will say so
  }
}

/** As ABDM's register holds her. */
export const inAbhaRegister = (patient: VisitPatient): object => ({
  abhaAddress: patient.abhaAddress,
  abhaNumber: patient.abhaNumber ?? '91000000000000',
  name: patient.name,
  gender: { male: 'M', female: 'F', other: 'O', unknown: 'U' }[patient.gender],
  yearOfBirth: Number(patient.birthDate?.slice(0, 4) ?? '1990'),
});
