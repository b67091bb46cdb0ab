export interface Counter {
  readonly hipId: string;
  readonly counterId: string;
}

/** The QR is not one that ABDM's apps take. The message says why, for the one who prints it. */
export class NotAShareUrl extends Error {}

/** ABDM's own addresses: an app opens for these only. The production one is not published, and assumed. */
const HOSTS: readonly string[] = ['phrsbx.abdm.gov.in', 'phr.abdm.gov.in'];

/**
 * The counter a facility QR stands for: `https://phrsbx.abdm.gov.in/share-profile?hip-id=<HIP>&counter-id=<1-20 letters and digits>`.
 * Source: scan-and-share contract, x-qr.
 * @throws NotAShareUrl
 */
export function counterIn(qr: string): Counter {
  const url = URL.canParse(qr) ? new URL(qr) : undefined;
  if (!url) throw new NotAShareUrl('The QR holds no URL.');
  if (url.protocol !== 'https:' || !HOSTS.includes(url.host) || url.pathname !== '/share-profile') {
    throw new NotAShareUrl(
      `The URL must begin with https://${HOSTS.join('/share-profile or https://')}/share-profile.`,
    );
  }
  // One NHA document prints them so; no app reads them.
  for (const wrong of ['hipid', 'counterid']) {
    if (url.searchParams.has(wrong)) {
      throw new NotAShareUrl(`The QR says "${wrong}": spell the parameters hip-id and counter-id, with a dash.`);
    }
  }
  const [hipId, counterId] = [only(url, 'hip-id'), only(url, 'counter-id')];
  if (!/^[A-Za-z0-9]{1,20}$/.test(counterId)) {
    throw new NotAShareUrl('counter-id must be 1 to 20 letters and digits.');
  }
  if (counterId === hipId) throw new NotAShareUrl('counter-id must not be the HIP id.');
  return { hipId, counterId };
}

function only(url: URL, name: string): string {
  const values = url.searchParams.getAll(name);
  const value = values[0]?.trim();
  if (!value || values.length > 1) throw new NotAShareUrl(`The QR must hold ${name} once.`);
  return value;
}
