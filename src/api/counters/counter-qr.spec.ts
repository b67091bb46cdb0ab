import { describe, expect, it } from '@jest/globals';
import { counterPng, counterSvg, counterUrl } from './counter-qr.js';

const SANDBOX = 'https://phrsbx.abdm.gov.in/share-profile';
const TITLES = { en: 'Counter OPD1', hi: 'काउंटर OPD1' };

describe('A counter’s QR code', () => {
  it('says what ABDM’s apps read', () => {
    expect(counterUrl(SANDBOX, 'IN2210000101', 'OPD1')).toBe(
      'https://phrsbx.abdm.gov.in/share-profile?hip-id=IN2210000101&counter-id=OPD1',
    );
  });

  it('keeps a service id with spaces and signs in one piece', () => {
    const url = new URL(counterUrl(`${SANDBOX}?lang=hi`, 'IN22 A&B@1', 'OPD1'));
    expect([...url.searchParams]).toEqual([
      ['lang', 'hi'],
      ['hip-id', 'IN22 A&B@1'],
      ['counter-id', 'OPD1'],
    ]);
    expect(url.href).not.toContain('+');
  });

  it('is a PNG of the size asked for', async () => {
    const png = await counterPng(counterUrl(SANDBOX, 'IN2210000101', 'OPD1'), 600);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([600, 600]);
  });

  it('is an SVG that names itself, whatever the counter is called', async () => {
    const svg = await counterSvg(SANDBOX, 400, { ...TITLES, en: 'Eye & ENT <"1">' });
    expect(svg).toMatch(/^<svg role="img" [^>]*width="400"/);
    expect(svg).toContain('<title lang="en">Eye &amp; ENT &lt;&quot;1&quot;&gt;</title>');
    expect(svg).toContain('<desc lang="hi">काउंटर OPD1</desc>');
  });
});
