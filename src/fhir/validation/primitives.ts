/** What is wrong with a primitive value: another JSON type, or the right one written wrongly. */
type PrimitiveFault = 'type' | 'format' | undefined;

export interface Primitive {
  /** The JSON type, for the sentence. */
  readonly json: 'text' | 'number' | 'true or false';
  readonly fault: (value: unknown) => PrimitiveFault;
}

const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const TIME_OF_DAY = '([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?';
const ZONE = '(Z|[+-]((0\\d|1[0-3]):[0-5]\\d|14:00))';
const DATE_TIME = new RegExp(`^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T${TIME_OF_DAY}${ZONE}$`);
const TIME = new RegExp(`^${TIME_OF_DAY}$`);

/** Beyond this the regex over a scan would cost more than the rest of the document together. */
const BASE64_READ_WHOLE = 4_096;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The primitive types of R4. Source: https://hl7.org/fhir/R4/datatypes.html#primitive */
export const PRIMITIVES: Readonly<Record<string, Primitive>> = {
  boolean: { json: 'true or false', fault: (value) => (typeof value === 'boolean' ? undefined : 'type') },
  integer: whole(-2147483648),
  unsignedInt: whole(0),
  positiveInt: whole(1),
  decimal: { json: 'number', fault: (value) => (typeof value === 'number' ? undefined : 'type') },
  string: text((value) => value.length > 0),
  markdown: text((value) => value.length > 0),
  xhtml: text((value) => value.length > 0),
  code: text((value) => /^[^\s]+(\s[^\s]+)*$/.test(value)),
  id: text((value) => /^[A-Za-z0-9\-.]{1,64}$/.test(value)),
  uri: text((value) => /^\S+$/.test(value)),
  url: text((value) => /^\S+$/.test(value)),
  canonical: text((value) => /^\S+$/.test(value)),
  oid: text((value) => /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/.test(value)),
  uuid: text((value) => /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value)),
  date: text((value) => DATE.test(value) && isOnCalendar(value)),
  dateTime: text((value) => (DATE.test(value) || DATE_TIME.test(value)) && isOnCalendar(value)),
  instant: text((value) => DATE_TIME.test(value) && isOnCalendar(value)),
  time: text((value) => TIME.test(value)),
  base64Binary: text(looksLikeBase64),
};

function text(isWellFormed: (value: string) => boolean): Primitive {
  return {
    json: 'text',
    fault: (value) => (typeof value !== 'string' ? 'type' : isWellFormed(value) ? undefined : 'format'),
  };
}

function whole(least: number): Primitive {
  return {
    json: 'number',
    fault: (value) => {
      if (typeof value !== 'number') return 'type';
      return Number.isInteger(value) && value >= least && value <= 2147483647 ? undefined : 'format';
    },
  };
}

/** The regexes let 30 February pass. */
function isOnCalendar(value: string): boolean {
  const day = value.slice(8, 10);
  if (Number(value.slice(0, 4)) === 0) return false;
  if (day === '') return true;
  return Number(day) <= new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate();
}

/** Long data: only its two ends and its length are looked at. */
function looksLikeBase64(value: string): boolean {
  if (value.length === 0) return false;
  if (value.length <= BASE64_READ_WHOLE) return BASE64.test(value) && value.replace(/\s/g, '').length % 4 === 0;
  const isInOneLine = !/\s/.test(value.slice(0, 1_024));
  return (
    BASE64.test(value.slice(-64)) &&
    /^[A-Za-z0-9+/\s]*$/.test(value.slice(0, 64)) &&
    (!isInOneLine || value.trimEnd().length % 4 === 0)
  );
}
