/** What ABDM calls the identifiers a patient can be found by, strongest first. */
export const IDENTIFIER_TYPES = ['ABHA_ADDRESS', 'ABHA_NUMBER', 'MOBILE', 'MR'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** As it stands in a discovery: any type (`abhaAddress` has been seen), any spelling of the value. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** Undefined for a type nobody is found by here, e.g. EMAIL. */
export function identifierType(type: string): IdentifierType | undefined {
  const asAbdm = type
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase();
  return IDENTIFIER_TYPES.find((known) => known === asAbdm);
}

/**
 * One form for all spellings of a value, the form in which the hospital's patients are kept: 14 digits, 10 digits, small
 * letters. Undefined when the value cannot be one of its type, so that two unusable values never count as equal.
 */
export function normalIdentifier(type: IdentifierType, value: string): string | undefined {
  switch (type) {
    case 'ABHA_ADDRESS':
      return /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? value.trim().toLowerCase() : undefined;
    case 'ABHA_NUMBER':
      return digits(value, /^\d{14}$/);
    case 'MOBILE':
      return digits(value, /^(?:0?0?91|0)?0?([6-9]\d{9})$/);
    case 'MR':
      return value.trim() === '' ? undefined : value.replace(/\s+/g, ' ').trim().toUpperCase();
  }
}

/** A number repeated (9999999999) is what counters type for "none": it would be everybody's. */
function digits(value: string, form: RegExp): string | undefined {
  const found = form.exec(value.replace(/[\s().+-]/g, ''));
  const number = found?.[1] ?? found?.[0];
  return number === undefined || /^(\d)\1*$/.test(number) ? undefined : number;
}
