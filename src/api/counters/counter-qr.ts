import qrcode from 'qrcode';

/** A poster gets dirty and is photographed from the side: a quarter of it may be unreadable. */
const OPTIONS = { errorCorrectionLevel: 'Q', margin: 4 } as const;

/**
 * What the QR code of a counter says. `hip-id` and `counter-id` with their dashes: NHA's M2 document prints them without,
 * and no app reads that. Source: scan-and-share contract, x-qr.
 */
export function counterUrl(shareProfileUrl: string, serviceId: string, code: string): string {
  const parameters = `hip-id=${encodeURIComponent(serviceId)}&counter-id=${encodeURIComponent(code)}`;
  return `${shareProfileUrl}${shareProfileUrl.includes('?') ? '&' : '?'}${parameters}`;
}

/** A square of `size` pixels, with its white edge. */
export const counterPng = (url: string, size: number): Promise<Buffer> =>
  qrcode.toBuffer(url, { ...OPTIONS, type: 'png', width: size });

/** The same as a drawing that prints sharp at any size, and that a screen reader can name in two languages. */
export async function counterSvg(
  url: string,
  size: number,
  titles: { readonly en: string; readonly hi: string },
): Promise<string> {
  const svg = await qrcode.toString(url, { ...OPTIONS, type: 'svg', width: size });
  const names = `<title lang="en">${escaped(titles.en)}</title><desc lang="hi">${escaped(titles.hi)}</desc>`;
  return svg.replace(/^<svg ([^>]*)>/, (_, attributes: string) => `<svg role="img" ${attributes}>${names}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
