import type { QuarantineReason } from '../ports/hospital.port.js';
import type { VisitPatient } from '../ports/visit.js';
import { cleanAbhaAddress, cleanAbhaNumber } from './cleaning/abha.js';
import { birthYearFromAge, cleanAgePart, cleanBirthDate, doAgree } from './cleaning/birth.js';
import type { Cleaned } from './cleaning/cleaned.js';
import { asItCame } from './cleaning/cleaned.js';
import { cleanMobile, cleanPin } from './cleaning/contacts.js';
import type { DateText } from './cleaning/dates.js';
import type { NameParts } from './cleaning/names.js';
import { cleanHindiName, cleanName } from './cleaning/names.js';
import { cleanSex } from './cleaning/sex.js';
import type { Columns, RowReading } from './columns.js';
import type { ColumnMeaning } from './meanings.js';
import { quarantineReason } from './quarantine.js';
import { LONGEST_NUMBER } from './row-identity.js';

type Row = Columns<ColumnMeaning>;

/** The patient, and why the visit has to wait where number or name is not usable. */
export function readPatient(
  row: Row,
  visitDate: DateText | undefined,
  reading: RowReading,
): { readonly patient: VisitPatient; readonly reasons: readonly QuarantineReason[] } {
  const reasons: QuarantineReason[] = [];
  const patient: VisitPatient = {
    uhid: readUhid(row, reasons),
    ...readName(row, reading, reasons),
    gender: row.read('patient.sex', (text) => cleanSex(text, reading.values.sex)) ?? 'unknown',
    ...readBirth(row, visitDate, reading),
    mobile: row.read('patient.mobile', unlessMasked(row, 'patient.mobile', cleanMobile)),
    relation: readRelation(row, reading),
    address: {
      village: row.text('patient.village'),
      district: row.text('patient.district'),
      state: row.text('patient.state'),
      pin: row.read('patient.pin', cleanPin),
    },
    category: row.text('patient.category'),
    abhaNumber: row.read('patient.abhaNumber', unlessMasked(row, 'patient.abhaNumber', cleanAbhaNumber)),
    abhaAddress: row.read('patient.abhaAddress', unlessMasked(row, 'patient.abhaAddress', cleanAbhaAddress)),
    pmjayId: row.read('patient.pmjayId', unlessMasked(row, 'patient.pmjayId', asItCame)),
  };
  return { patient, reasons };
}

/** An Aadhaar number where another one belongs: the masking has said so already, and nothing is left to read. */
function unlessMasked(row: Row, meaning: ColumnMeaning, clean: (text: string) => Cleaned<string>) {
  return (text: string): Cleaned<string> => (row.isMasked(meaning) ? { value: undefined, says: [] } : clean(text));
}

function readUhid(row: Row, reasons: QuarantineReason[]): string {
  const uhid = row.text('patient.uhid') ?? '';
  if (uhid === '') reasons.push(quarantineReason('uhid-missing', row.field('patient.uhid')));
  // Masked it is no longer the patient's alone: two patients could become one.
  else if (uhid.length > LONGEST_NUMBER || row.isMasked('patient.uhid')) {
    reasons.push(quarantineReason('uhid-unusable', row.field('patient.uhid')));
  }
  return uhid;
}

function readName(
  row: Row,
  { values }: RowReading,
  reasons: QuarantineReason[],
): Pick<VisitPatient, 'name' | 'nameHindi' | 'honorific'> {
  let failure: 'name-missing' | 'name-legacy-font' | 'name-unreadable' = 'name-missing';
  const given = row.read('patient.name', (text): Cleaned<NameParts> => {
    const name = cleanName(text, values.honorifics);
    if (name.value === undefined) {
      failure = name.says.some(({ rule }) => rule === 'legacy-font') ? 'name-legacy-font' : 'name-unreadable';
    }
    return name;
  });
  const inHindi = row.read('patient.nameHindi', (text) => cleanHindiName(text, values.honorifics));
  // Only Hindi came: it stays Hindi. A transliteration would be a guess at how the family spells its name.
  const name = given?.latin ?? given?.hindi ?? inHindi?.hindi;
  if (name === undefined) reasons.push(quarantineReason(failure, row.field('patient.name')));
  return {
    name: name ?? '',
    nameHindi: inHindi?.hindi ?? given?.hindi,
    honorific: given?.honorific ?? inHindi?.honorific,
  };
}

function readBirth(
  row: Row,
  visitDate: DateText | undefined,
  { remarks }: RowReading,
): Pick<VisitPatient, 'birthDate' | 'isBirthDateEstimated'> {
  const birthDate = row.read('patient.birthDate', (text) => cleanBirthDate(text, visitDate));
  const years = row.read('patient.ageYears', cleanAgePart);
  const months = row.read('patient.ageMonths', cleanAgePart);
  if (visitDate === undefined || (years === undefined && months === undefined)) {
    return { birthDate, isBirthDateEstimated: false };
  }
  const field = row.field(years === undefined ? 'patient.ageMonths' : 'patient.ageYears');
  const came = `${years ?? 0} y ${months ?? 0} m`;
  const year = birthYearFromAge(years ?? 0, months ?? 0, visitDate);
  if (year === undefined) {
    remarks.add(field, 'age-impossible', came, undefined, 'unsure');
    return { birthDate, isBirthDateEstimated: false };
  }
  if (birthDate === undefined) {
    // 0 years 0 months is a newborn, or a screen nobody filled in.
    const isNewbornOrEmpty = (years ?? 0) === 0 && (months ?? 0) === 0;
    remarks.add(field, 'age-to-birth-year', came, year, isNewbornOrEmpty ? 'unsure' : 'likely');
    return { birthDate: year, isBirthDateEstimated: true };
  }
  const ageYears = (years ?? 0) + Math.floor((months ?? 0) / 12);
  if (!doAgree(birthDate, ageYears, visitDate)) {
    remarks.add(field, 'birth-date-age-differ', `${came} / ${birthDate}`, birthDate, 'unsure');
  }
  return { birthDate, isBirthDateEstimated: false };
}

function readRelation(row: Row, { values, remarks }: RowReading): VisitPatient['relation'] {
  const kind = row.text('patient.relationKind');
  let came = '';
  const parts = row.read('patient.relationName', (text) => {
    came = text;
    return cleanName(text, values.honorifics);
  });
  const name = parts?.latin ?? parts?.hindi;
  if (name === undefined) return undefined;
  if (kind !== undefined) return { kind: kind.toUpperCase(), name };
  remarks.add(row.field('patient.relationName'), 'relation-kind-missing', came, undefined, 'unsure');
  return undefined;
}
