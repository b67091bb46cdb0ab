import { createHmac } from 'node:crypto';

/**
 * `X-Adapter-Signature`: `t=<seconds since 1970>,v1=<64 hex digits>`, where v1 is the HMAC-SHA256 of `<t>.<body>`, the body
 * byte for byte as it came, under the endpoint's secret (its characters, `whs_` and all). Each attempt is signed anew: a
 * receiver refuses what is older than some minutes, and so also what somebody recorded.
 */
export function webhookSignature(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hmac}`;
}
