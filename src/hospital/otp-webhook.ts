import { createHmac } from 'node:crypto';
import type { OtpMessage, OtpSender } from '../ports/otp-sender.port.js';

const TIMEOUT_MS = 10_000;

export interface OtpWebhookOptions {
  /** Where the hospital's SMS gateway listens. Undefined: there is none. */
  readonly url: string | undefined;
  /** Shared with that gateway. */
  readonly secret: string | undefined;
  readonly now: () => Date;
}

/** The gateway did not take it. Says the status and nothing of the message. */
export class OtpNotTaken extends Error {
  constructor(readonly status: number | undefined) {
    super('The SMS gateway did not take the message');
    this.name = 'OtpNotTaken';
  }
}

/**
 * Codes go to the hospital's SMS gateway: `POST {mobile, text: {en, hi}, expiresAt}`. So that nobody else can have messages
 * sent, each carries `X-Adapter-Signature: t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256 of `<t>.<body>` under the shared
 * secret, as every webhook of the adapter does.
 */
export class OtpWebhook implements OtpSender {
  constructor(private readonly options: OtpWebhookOptions) {}

  get isReady(): boolean {
    return this.options.url !== undefined && this.options.secret !== undefined;
  }

  async send({ mobile, text, expiresAt }: OtpMessage): Promise<void> {
    const { url, secret, now } = this.options;
    if (url === undefined || secret === undefined) throw new OtpNotTaken(undefined);
    const body = JSON.stringify({ mobile, text, expiresAt: expiresAt.toISOString() });
    const seconds = Math.floor(now().getTime() / 1000);
    const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    const status = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Adapter-Signature': `t=${seconds},v1=${hmac}`,
      },
      body,
      redirect: 'manual', // the code is for this gateway and for no other
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(
      async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      },
      () => undefined,
    );
    if (status === undefined || status < 200 || status > 299) throw new OtpNotTaken(status);
  }
}
