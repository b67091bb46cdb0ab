import type { QuarantineReason } from '../ports/hospital.port.js';
import type { VisitPatient } from '../ports/visit.js';
import { cleanAbhaAddress, cleanAbhaNumber } from './cleaning/abha.js';
import { birthYearFromAge, cleanAgePart, cleanBirthDate, doAgree } from './cleaning/birth.js';
import type { Cleaned } from './cleaning/cleaned.js';
import { asItCame, notUnderstood } from './cleaning/cleaned.js';
import { cleanMobile, cleanPin } from './cleaning/contacts.js';
import type { DateText } from './cleaning/dates.js';
import type { NameParts } from './cleaning/names.js';
import { cleanHindiName, cleanName } from './cleaning/names.js';
import { toLatinName } from './cleaning/latin-name.js';
import type { RuleName } from './cleaning/rules.js';
import { cleanSex } from './cleaning/sex.js';
import type { Columns, RowReading } from './columns.js';
import type { ColumnMeaning } from './meanings.js';
import type { QuarantineCode } from './quarantine.js';
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
      village: row.words('patient.village'),
      district: row.words('patient.district'),
      state: row.words('patient.state'),
      pin: row.read('patient.pin', cleanPin),
    },
    category: row.text('patient.category'),
    abhaNumber: row.read('patient.abhaNumber', unlessMasked(row, 'patient.abhaNumber', cleanAbhaNumber)),
    abhaAddress: row.read('patient.abhaAddress', unlessMasked(row, 'patient.abhaAddress', cleanAbhaAddress)),
    pmjayId: row.read('patient.pmjayId', unlessMasked(row, 'patient.pmjayId', asItCame)),
  };
  return { patient, reasons };
}

/** An Aadhaar number where another one belongs: the masking has said so already, but not what stands around it. */
function unlessMasked(row: Row, meaning: ColumnMeaning, clean: (text: string) => Cleaned<string>) {
  return (text: string): Cleaned<string> => {
    if (!row.isMasked(meaning)) return clean(text);
    return /^X{8}\d{4}$/.test(text) ? { value: undefined, says: [] } : notUnderstood('masked-not-used');
  };
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

/** Why a name of which nothing can be used is none, by the rule that said so. */
const NAME_FAILURES: Readonly<Partial<Record<RuleName, QuarantineCode>>> = {
  'legacy-font': 'name-legacy-font',
  'name-other-script': 'name-other-script',
};

function readName(
  row: Row,
  { values, remarks }: RowReading,
  reasons: QuarantineReason[],
): Pick<VisitPatient, 'name' | 'nameHindi' | 'honorific'> {
  let failure: QuarantineCode = 'name-missing';
  const given = row.read('patient.name', (text): Cleaned<NameParts> => {
    const name = cleanName(text, values.honorifics);
    if (name.value === undefined) failure = NAME_FAILURES[name.says[0]?.rule ?? 'name-unreadable'] ?? 'name-unreadable';
    return name;
  });
  const inHindi = row.read('patient.nameHindi', (text) => cleanHindiName(text, values.honorifics));
  const nameHindi = inHindi?.hindi ?? given?.hindi;
  const written = given?.latin ?? inHindi?.latin;
  const name = written ?? (nameHindi === undefined ? undefined : toLatinName(nameHindi));
  if (name === undefined) {
    if (nameHindi !== undefined) failure = 'name-unreadable';
    reasons.push(quarantineReason(failure, row.field('patient.name')));
  } else if (written === undefined) {
    const source = inHindi?.hindi === undefined ? 'patient.name' : 'patient.nameHindi';
    remarks.add(row.field(source), 'name-transliterated', nameHindi ?? '', name, 'likely');
  }
  return { name: name ?? '', nameHindi, honorific: given?.honorific ?? inHindi?.honorific };
}

function readBirth(
  row: Row,
  visitDate: DateText | undefined,
  { remarks }: RowReading,
): Pick<VisitPatient, 'birthDate' | 'isBirthDateEstimated'> {
  const birthDate = row.read('patient.birthDate', (text) => cleanBirthDate(text, visitDate));
  const { value: years, words: yearsWords } = readAgePart(row, 'patient.ageYears', 'y');
  const { value: months, words: monthsWords } = readAgePart(row, 'patient.ageMonths', 'm');
  if (visitDate === undefined || (years === undefined && months === undefined)) {
    return { birthDate, isBirthDateEstimated: false };
  }
  const field = row.field(years === undefined ? 'patient.ageMonths' : 'patient.ageYears');
  const came = `${yearsWords} ${monthsWords}`;
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
  if (doAgree(birthDate, ageYears, visitDate)) remarks.add(field, 'age-fits-birth-date', came, birthDate, 'sure');
  else remarks.add(field, 'birth-date-age-differ', `${came} / ${birthDate}`, birthDate, 'unsure');
  return { birthDate, isBirthDateEstimated: false };
}

/** `words` are for the remark: `15 y`; a text that names its unit itself stays. */
function readAgePart(
  row: Row,
  meaning: 'patient.ageYears' | 'patient.ageMonths',
  unit: 'y' | 'm',
): { readonly value: number | undefined; readonly words: string } {
  let words = `0 ${unit}`;
  const value = row.read(meaning, (text) => {
    words = /^\p{Nd}+$/u.test(text) ? `${text} ${unit}` : text;
    return cleanAgePart(text);
  });
  return { value, words };
}

function readRelation(row: Row, { values, remarks }: RowReading): VisitPatient['relation'] {
  const kind = row.text('patient.relationKind');
  let came = '';
  const parts = row.read('patient.relationName', (text) => {
    came = text;
    return cleanName(text, values.honorifics);
  });
  const name = parts?.latin ?? parts?.hindi;
  if (name === undefined) {
    if (kind !== undefined)
      remarks.add(row.field('patient.relationKind'), 'relation-name-missing', kind, undefined, 'sure');
    return undefined;
  }
  if (kind !== undefined) return { kind: kind.toUpperCase(), name };
  remarks.add(row.field('patient.relationName'), 'relation-kind-missing', came, undefined, 'unsure');
  return undefined;
}
