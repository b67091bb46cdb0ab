import { toBuffer } from 'qrcode';
import { birthDayFirst, type Account } from './person.js';

/** A grey square of 1 pixel: an invented person has no face. */
export const FACE_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

const LARGEST_PHOTO_BYTES = 100 * 1024;

/** PNG or JPEG of at most 100 KB, as NHA asks; the face in it is not looked for. */
export function isPhoto(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  const isPicture =
    bytes.subarray(0, 4).toString('hex') === '89504e47' || bytes.subarray(0, 2).toString('hex') === 'ffd8';
  return isPicture && bytes.length <= LARGEST_PHOTO_BYTES;
}

/** What a scanner reads off the ABHA card; `hidn` only with a number. Keys and spelling are NHA's. */
export function cardText(account: Account): string {
  const { demographics: person, abhaNumber, preferredAddress, mobile } = account;
  return JSON.stringify({
    ...(abhaNumber === undefined ? {} : { hidn: abhaNumber }),
    hid: preferredAddress,
    name: person.name,
    gender: person.gender,
    statelgd: person.stateCode ?? '-',
    distlgd: person.districtCode ?? '-',
    dob: birthDayFirst(person.dateOfBirth).replaceAll('-', '/'),
    'state name': person.stateName ?? '-',
    'dist name': person.districtName ?? '-',
    mobile: mobile ?? '-',
    address: person.address ?? '-',
  });
}

/** Without trying five filters on every row, which takes seconds where tests run. */
const PNG = { deflateLevel: 9, filterType: 0 };

const pictureOf = (account: Account, width: number): Promise<Buffer> =>
  toBuffer(cardText(account), { type: 'png', width, rendererOpts: PNG });

export const qrPng = (account: Account): Promise<Buffer> => pictureOf(account, 300);

/** The real card has words around its QR code; this one is the code alone, larger. */
export const cardPng = (account: Account): Promise<Buffer> => pictureOf(account, 480);
