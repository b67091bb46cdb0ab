import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { GatewayError } from '../../abdm/client/gateway-error.js';
import { checkPushUrl, pinnedAgents } from './push-address.js';

/**
 * A connection to a push URL, made before the page's leave to go is asked for: the name server, the connection and the access
 * token may each take seconds, in which a patient may revoke.
 */
export class PushConnection {
  private constructor(
    private readonly socket: Socket,
    private readonly isHttps: boolean,
  ) {
    // Lost before or after its use: whoever writes to it hears of that.
    socket.on('error', () => undefined);
  }

  /**
   * To the checked address behind the URL, and to no other.
   * @throws UnusablePushUrl
   * @throws GatewayError when there is no connection within the time
   */
  static async to(url: string, allowedOrigins: readonly string[], timeoutMs: number): Promise<PushConnection> {
    const { protocol, hostname, port } = checkPushUrl(url, allowedOrigins);
    const isHttps = protocol === 'https:';
    const signal = AbortSignal.timeout(timeoutMs);
    const agents = await orTimeout(pinnedAgents(url, allowedOrigins), signal);
    const host = hostname.replace(/^\[|\]$/g, '');
    const address = { host, port: Number(port || (isHttps ? 443 : 80)), lookup: agents?.httpsAgent.options.lookup };
    const socket = isHttps
      ? connectTls({ ...address, ...(isIP(host) === 0 && { servername: host }), ALPNProtocols: ['http/1.1'] })
      : connectPlain(address);
    try {
      await once(socket, isHttps ? 'secureConnect' : 'connect', { signal });
    } catch (cause) {
      socket.on('error', () => undefined).destroy();
      throw new GatewayError({ retryable: true, cause });
    }
    return new PushConnection(socket, isHttps);
  }

  /** For one request, which gets the connection, and so can say anything at all, only once `leave` has been given. */
  agents(leave: () => Promise<void>): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
    const [httpAgent, httpsAgent] = [new HttpAgent(), new HttpsAgent()];
    (this.isHttps ? httpsAgent : httpAgent).createConnection = (_options, done) => {
      leave().then(
        () => done?.(null, this.socket),
        (error: unknown) => done?.(error instanceof Error ? error : new Error('no leave'), this.socket),
      );
      return undefined;
    };
    return { httpAgent, httpsAgent };
  }

  close(): void {
    this.socket.destroy();
  }
}

/** The name server may be silent for longer than the receiver itself may. */
function orTimeout<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new GatewayError({ retryable: true })), { once: true });
    work.then(resolve, reject);
  });
}
