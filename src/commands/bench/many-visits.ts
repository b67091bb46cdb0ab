import { readFile } from 'node:fs/promises';
import { projectFile } from '../../support/project-file.js';

interface LegacyRow {
  OPD_NO: string;
  FACILITY_HFR: string;
  PATIENT: Record<string, unknown>;
}

/** As many visits as wanted, each of another invented patient with an ABHA, made from those of the demo's day. */
export async function manyVisits(count: number): Promise<string[]> {
  return (await repeated(count)).map(({ row, number }) =>
    JSON.stringify({
      ...row,
      OPD_NO: `OPD/B/${number}`,
      PATIENT: {
        ...row.PATIENT,
        UHID: `BENCH-${number}`,
        ABHA_ADDR: `bench${number}@sbx`,
        ABHA_NO: `9199999${number}`,
      },
    }),
  );
}

/** The same, all of one patient at one facility. */
export async function visitsOfOnePatient(count: number): Promise<string[]> {
  const rows = await repeated(count);
  const { PATIENT, FACILITY_HFR } = rows[0]?.row ?? {};
  return rows.map(({ row, number }) => JSON.stringify({ ...row, OPD_NO: `OPD/T/${number}`, PATIENT, FACILITY_HFR }));
}

async function repeated(count: number): Promise<{ row: LegacyRow; number: string }[]> {
  const text = await readFile(projectFile('config/demo/opd-day.ndjson'), 'utf8');
  const withAbha = text
    .split('\n')
    .filter((line) => line.includes('"ABHA_ADDR"'))
    .map((line) => JSON.parse(line) as LegacyRow);
  return Array.from({ length: count }, (_, index) => {
    const row = withAbha[index % withAbha.length];
    if (row === undefined) throw new Error('The demo’s feed has no patient with an ABHA');
    return { row, number: String(index).padStart(7, '0') };
  });
}
