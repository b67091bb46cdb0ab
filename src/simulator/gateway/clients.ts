import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings.js';
import { SigningKeys } from './signing-keys.js';

/** A bridge: one piece of software that speaks for facilities. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where its callbacks go, without a slash at the end. */
  bridgeUrl: string | undefined;
  readonly registeredAt: string;
}

/** A HIP (and HIU) as the registry knows it. */
export interface Facility {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
}

interface Session {
  readonly clientId: string;
  readonly expiresAt: number;
}

/** Who may speak: clients, their facilities, their session tokens. */
@Injectable()
export class Clients {
  private readonly clients = new Map<string, Client>();
  private readonly facilities = new Map<string, Facility>();
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly settings: Settings,
    private readonly keys: SigningKeys,
  ) {}

  register(clientId: string, clientSecret: string, bridgeUrl?: string): Client {
    const earlier = this.clients.get(clientId);
    const url = bridgeUrl === undefined ? earlier?.bridgeUrl : withoutSlash(bridgeUrl);
    const registeredAt = earlier?.registeredAt ?? new Date().toISOString();
    const client: Client = { clientId, clientSecret, bridgeUrl: url, registeredAt };
    this.clients.set(clientId, client);
    return client;
  }

  addFacility(facility: Facility): void {
    this.facilities.set(facility.id, facility);
  }

  facility(id: string | undefined): Facility | undefined {
    return id === undefined ? undefined : this.facilities.get(id);
  }

  facilitiesOf(clientId: string): Facility[] {
    return [...this.facilities.values()].filter((one) => one.clientId === clientId);
  }

  client(clientId: string | undefined): Client | undefined {
    return clientId === undefined ? undefined : this.clients.get(clientId);
  }

  /** @returns the access token, or undefined when id and secret do not fit */
  openSession(clientId: string, clientSecret: string): string | undefined {
    let client = this.clients.get(clientId);
    if (!client && this.settings.current.openRegistration) client = this.register(clientId, clientSecret);
    if (client?.clientSecret !== clientSecret) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const lifetime = this.settings.current.sessionSeconds;
    const token = this.keys.jwt({
      iss: this.settings.issuer,
      typ: 'Bearer',
      azp: clientId,
      clientId,
      jti: randomUUID(),
      iat: now,
      exp: now + lifetime,
    });
    this.sessions.set(token, { clientId, expiresAt: Date.now() + lifetime * 1000 });
    return token;
  }

  /** The client of an `Authorization` header, while its session lasts. */
  ofSession(authorization: string): Client | undefined {
    const session = this.sessions.get(authorization.replace(/^Bearer /i, ''));
    if (!session || session.expiresAt <= Date.now()) return undefined;
    return this.clients.get(session.clientId);
  }

  /** All session tokens end now: the adapter meets 401 and has to open a new session. */
  endSessions(): void {
    this.sessions.clear();
  }
}

export function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
