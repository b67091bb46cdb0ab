import { abhaAddressIn, abhaNumberIn } from '../../abdm/abha/identifiers.js';
import type { CardContent } from './session-state.js';

/** A card's QR holds some hundred characters; anything much longer is something else. */
const MOST_CHARACTERS = 4_000;
const MOST_IN_A_FIELD = 200;

/**
 * What the QR on an ABHA card, or in a PHR app, says. Unsigned and typed by anybody: it fills a form and is then verified.
 * Known spellings: `hidn`, `hid` or `phr`, `dob` as D/M/YYYY or D-M-YYYY, `state name` with a space; any may be missing or "-".
 * Undefined: it is no such QR, or names nobody.
 */
export function readCardQr(text: string): CardContent | undefined {
  const card = text.length > MOST_CHARACTERS ? undefined : objectIn(text);
  if (card === undefined) return undefined;
  const field = (...names: readonly string[]): string | undefined =>
    names.map((name) => plain(card[name])).find((value) => value !== undefined);
  const abhaNumber = abhaNumberIn(field('hidn', 'abhaNumber') ?? '');
  const abhaAddress = abhaAddressIn(field('hid', 'phr', 'abhaAddress') ?? '');
  if (abhaNumber === undefined && abhaAddress === undefined) return undefined;
  const gender = field('gender')?.charAt(0).toUpperCase();
  return {
    abhaNumber,
    abhaAddress,
    name: field('name'),
    gender: gender === 'M' || gender === 'F' || gender === 'O' ? gender : undefined,
    ...birthIn(field('dob') ?? ''),
    mobile: /^[6-9]\d{9}$/.test(field('mobile') ?? '') ? field('mobile') : undefined,
    address: field('address'),
    state: field('state name', 'statename', 'stateName'),
    district: field('dist name', 'distname', 'district_name', 'districtName'),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Text that cannot be anything but text on whatever page shows it. */
function plain(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value)
    .replace(/[<>\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, MOST_IN_A_FIELD);
  return text === '' || text === '-' ? undefined : text;
}

function birthIn(dob: string): Pick<CardContent, 'dayOfBirth' | 'monthOfBirth' | 'yearOfBirth'> {
  const [, day, month, year] = /^(?:(\d{1,2})[/-])?(?:(\d{1,2})[/-])?((?:19|20)\d\d)$/.exec(dob) ?? [];
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return {
    dayOfBirth: isDate ? Number(day) : undefined,
    monthOfBirth: isDate ? Number(month) : undefined,
    yearOfBirth: year === undefined ? undefined : Number(year),
  };
}
