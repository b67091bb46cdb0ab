import jose from 'node-jose';

/** The parts of a JSON Web Key (RFC 7517) that matter here. */
export interface Jwk {
  readonly kty?: string;
  readonly kid?: string;
  readonly use?: string;
  readonly alg?: string;
  readonly key_ops?: readonly string[];
  /** Modulus and exponent, base64url. */
  readonly n?: string;
  readonly e?: string;
}

export interface CallbackTokenRules {
  /**
   * The gateway's certificate with this `kid`. Called with what a stranger wrote, so it must not fetch without limit.
   * What it throws passes through: not being able to look is a fault, not a refusal.
   */
  readonly findKey: (kid: string) => Promise<Jwk | undefined>;
  /** Compared exactly. Undefined: any issuer; an empty list: none. */
  readonly issuer: string | readonly string[] | undefined;
  /** The client a token was made for: one of `allowed` (undefined: any), and never `own`. */
  readonly client: { readonly allowed: readonly string[] | undefined; readonly own: string | undefined };
  /** How long after `exp` a token still counts: a redelivery carries the old one. */
  readonly leewaySeconds: number;
  readonly now: Date;
  readonly algorithms: readonly ['RS256'];
}

export type CallbackTokenRefusal =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'client'
  | 'expired'
  | 'not-yet-valid';

export type CallbackClaims = Readonly<Record<string, unknown>>;

export type CallbackTokenVerdict =
  | { readonly ok: true; readonly claims: CallbackClaims }
  | { readonly ok: false; readonly reason: CallbackTokenRefusal };

const MAX_TOKEN_CHARACTERS = 16_384;
const MAX_KID_CHARACTERS = 256;
/** Clocks differ; a token from further ahead than this is not ours. */
const CLOCK_SKEW_SECONDS = 60;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** 2048 bits in base64url. RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used". */
const MIN_MODULUS_CHARACTERS = 342;

/**
 * Is this callback from ABDM's gateway? node-jose checks the signature and nothing else, so algorithm, key and claims
 * are judged here. `token` is the JWT alone, without "Bearer". A token without a readable `exp` counts as expired.
 */
export async function verifyCallbackToken(
  token: string | undefined,
  rules: CallbackTokenRules,
): Promise<CallbackTokenVerdict> {
  if (token === undefined || token === '') return refused('missing');
  if (token.length > MAX_TOKEN_CHARACTERS || !COMPACT_JWS.test(token)) return refused('malformed');
  const [headerPart = '', payloadPart = ''] = token.split('.');
  const header = jsonObject(headerPart);
  // RFC 7515 section 4.1.11: an extension marked critical must be understood, and we know none.
  if (header === undefined || header['crit'] !== undefined) return refused('malformed');
  // Pinned before any key is looked at: "none", or HS256 with our RSA public key as the secret, gets no further.
  if (!rules.algorithms.some((allowed) => allowed === header['alg'])) return refused('algorithm');

  const kid = header['kid'];
  if (typeof kid !== 'string' || kid === '' || kid.length > MAX_KID_CHARACTERS) return refused('unknown-key');
  const key = await parsedKey(kid, await rules.findKey(kid));
  if (key === undefined) return refused('unknown-key');
  if (!(await isSignedBy(key, token, rules.algorithms))) return refused('signature');

  const claims = jsonObject(payloadPart);
  if (claims === undefined) return refused('malformed');
  const reason = claimsRefusal(claims, rules);
  return reason === undefined ? { ok: true, claims } : refused(reason);
}

function claimsRefusal(claims: CallbackClaims, rules: CallbackTokenRules): CallbackTokenRefusal | undefined {
  const { iss, exp, nbf, iat } = claims;
  const nowSeconds = rules.now.getTime() / 1000;
  if (rules.issuer !== undefined && !asList(rules.issuer).some((known) => known === iss)) return 'issuer';
  if (!isOfRightClient(claims, rules.client)) return 'client';
  if (!isSeconds(exp) || nowSeconds >= exp + rules.leewaySeconds) return 'expired';
  for (const start of [nbf, iat]) {
    if (start === undefined) continue;
    if (!isSeconds(start) || start > nowSeconds + CLOCK_SKEW_SECONDS) return 'not-yet-valid';
  }
  return undefined;
}

/**
 * Session tokens are signed with the keys that sign callbacks. Ours goes to every HIU with the records it is pushed, and
 * must not come back as ABDM's word; another bridge's is known by a client that is not the gateway's.
 */
function isOfRightClient(claims: CallbackClaims, { allowed, own }: CallbackTokenRules['client']): boolean {
  const clients = clientsNamedIn(claims);
  if (own !== undefined && clients.includes(own)) return false;
  return allowed === undefined || (clients.length > 0 && clients.every((client) => allowed.includes(client)));
}

/** Whom a token was made for: Keycloak writes `azp` and `clientId`, others `client_id`. */
export function clientsNamedIn(claims: CallbackClaims): readonly string[] {
  const named = [claims['azp'], claims['clientId'], claims['client_id']];
  return named.filter((client): client is string => typeof client === 'string');
}

/**
 * Tokens whose signature was found good under a key. One token comes with many callbacks, and the signature is most of
 * what a callback costs; the claims are judged anew each time.
 */
const knownGood = new WeakMap<jose.JWK.Key, Set<string>>();
const MAX_KNOWN_GOOD = 64;

async function isSignedBy(key: jose.JWK.Key, token: string, algorithms: readonly string[]): Promise<boolean> {
  const known = knownGood.get(key) ?? new Set<string>();
  if (known.has(token)) return true;
  try {
    await jose.JWS.createVerify(key, { algorithms: [...algorithms] }).verify(token);
    if (known.size >= MAX_KNOWN_GOOD) known.clear();
    knownGood.set(key, known.add(token));
    return true;
  } catch {
    return false;
  }
}

/**
 * Parsing costs as much as checking, and node-jose keeps the PEM it makes on the parsed key. The modulus is part of the
 * name, so that a key replaced under the same `kid` is not answered by the old one.
 */
const parsedKeys = new Map<string, Promise<jose.JWK.Key | undefined>>();
const MAX_PARSED_KEYS = 32;

function parsedKey(kid: string, jwk: Jwk | undefined): Promise<jose.JWK.Key | undefined> {
  if (jwk === undefined || !mayVerify(kid, jwk)) return Promise.resolve(undefined);
  const { n, e } = jwk;
  const name = JSON.stringify([kid, n, e]);
  const known = parsedKeys.get(name);
  if (known !== undefined) return known;

  const oldest = parsedKeys.keys().next();
  if (parsedKeys.size >= MAX_PARSED_KEYS && oldest.done !== true) parsedKeys.delete(oldest.value);
  const parsed = jose.JWK.asKey({ kty: 'RSA', kid, n, e }).catch(() => undefined);
  parsedKeys.set(name, parsed);
  return parsed;
}

function mayVerify(kid: string, { kty, kid: ownKid, use, alg, key_ops: operations, n, e }: Jwk): boolean {
  return (
    kty === 'RSA' &&
    (ownKid === undefined || ownKid === kid) &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'RS256') &&
    (operations === undefined || operations.includes('verify')) &&
    n !== undefined &&
    n.length >= MIN_MODULUS_CHARACTERS &&
    e !== undefined
  );
}

function jsonObject(base64url: string): CallbackClaims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function asList(issuer: string | readonly string[]): readonly string[] {
  return typeof issuer === 'string' ? [issuer] : issuer;
}

function refused(reason: CallbackTokenRefusal): CallbackTokenVerdict {
  return { ok: false, reason };
}
