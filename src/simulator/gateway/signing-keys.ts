import { createHmac, generateKeyPair, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

export type Claims = Readonly<Record<string, unknown>>;

interface KeyPair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const rsaPair = promisify(generateKeyPair);

/** ABDM's keys, made at start: one RS256 key that signs everything, and an RS512 key that lies in the JWKS as in the sandbox. */
export class SigningKeys {
  private constructor(
    private readonly rs256: KeyPair,
    private readonly rs512: KeyPair,
    private readonly stranger: KeyPair,
  ) {}

  static async make(): Promise<SigningKeys> {
    const [rs256, rs512, stranger] = await Promise.all([aPair('rs256'), aPair('rs512'), aPair('stranger')]);
    return new SigningKeys(rs256, rs512, stranger);
  }

  jwks(): { keys: object[] } {
    // RS512 first: a reader that takes keys[0] instead of selecting by kid fails.
    const published = [
      { alg: 'RS512', pair: this.rs512 },
      { alg: 'RS256', pair: this.rs256 },
    ];
    return {
      keys: published.map(({ alg, pair }) => ({
        kid: pair.kid,
        use: 'sig',
        alg,
        ...pair.publicKey.export({ format: 'jwk' }),
      })),
    };
  }

  jwt(claims: Claims): string {
    return signed({ alg: 'RS256', typ: 'JWT', kid: this.rs256.kid }, claims, this.rs256.privateKey);
  }

  /** Tokens of persons: the ABHA service signs them with RS512. */
  userJwt(claims: Claims): string {
    return signed({ alg: 'RS512', typ: 'JWT', kid: this.rs512.kid }, claims, this.rs512.privateKey);
  }

  /** @returns the claims, or undefined when the token is not ours */
  verified(token: string): Claims | undefined {
    const [head, body, signature, ...rest] = token.split('.');
    if (!head || !body || !signature || rest.length > 0) return undefined;
    const isOurs = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${body}`),
      this.rs256.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    return isOurs ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims) : undefined;
  }

  /** The consent manager's signature over an artefact, base64. */
  signature(text: string): string {
    return sign('RSA-SHA256', Buffer.from(text), this.rs256.privateKey).toString('base64');
  }

  /** Signed by a key that is not published, under the published kid. */
  forgedJwt(claims: Claims): string {
    return signed({ alg: 'RS256', typ: 'JWT', kid: this.rs256.kid }, claims, this.stranger.privateKey);
  }

  jwtOfUnknownKey(claims: Claims): string {
    return signed({ alg: 'RS256', typ: 'JWT', kid: this.stranger.kid }, claims, this.stranger.privateKey);
  }

  unsignedJwt(claims: Claims): string {
    return `${encoded({ alg: 'none', typ: 'JWT', kid: this.rs256.kid })}.${encoded(claims)}.`;
  }

  /** The classic confusion: the public key used as an HMAC secret. */
  hmacJwt(claims: Claims): string {
    const text = `${encoded({ alg: 'HS256', typ: 'JWT', kid: this.rs256.kid })}.${encoded(claims)}`;
    const secret = this.rs256.publicKey.export({ format: 'pem', type: 'spki' });
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }
}

async function aPair(name: string): Promise<KeyPair> {
  const { publicKey, privateKey } = await rsaPair('rsa', { modulusLength: 2048 });
  return { kid: `${name}-${randomUUID()}`, publicKey, privateKey };
}

function signed(
  header: { readonly alg: string; readonly typ: string; readonly kid: string },
  claims: Claims,
  key: KeyObject,
): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const hash = header.alg === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256';
  return `${text}.${sign(hash, Buffer.from(text), key).toString('base64url')}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
