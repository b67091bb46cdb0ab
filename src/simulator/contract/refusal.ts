/** The shapes NHA's errors come in; a client has to read all of them. */
export type Shape = 'envelope' | 'flat' | 'array' | 'text' | 'empty';

interface ErrorText {
  readonly code?: string;
  readonly message?: string;
  readonly note?: string;
}

/** A synchronous "no" of ABDM. `body` undefined: nothing; a string: text/plain; else JSON. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`Refused with ${status}`);
  }
}

/** Instead of an answer: the connection is cut. */
export class ConnectionCut extends Error {
  constructor() {
    super('The connection is cut on purpose');
  }
}

export function errorBody(shape: Shape, errors: readonly ErrorText[]): unknown {
  const first = errors[0];
  switch (shape) {
    case 'envelope':
      return { error: flat(first) };
    case 'flat':
      return flat(first);
    case 'array':
      return errors.map((one) => (one.note?.includes('{error') ? { error: flat(one) } : flat(one)));
    case 'text':
      return first?.message ?? '';
    case 'empty':
      return undefined;
  }
}

function flat(error: ErrorText | undefined): { code: string; message: string } {
  return { code: error?.code ?? 'ABDM-9999', message: error?.message ?? 'Unknown exception' };
}

/** A blank or missing header, or the wrong X-CM-ID (x-gateway-rules). */
export const accessDenied = (): Refusal => new Refusal(403, 'Access Denied');

export const flatRefusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, { code, message });

export const envelopeRefusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, { error: { code, message } });

/** The API gateway's own answers, before ABDM sees the call. */
export const API_GATEWAY = {
  noToken: () =>
    new Refusal(401, {
      code: '900902',
      message: 'Missing Credentials',
      description: 'Invalid Credentials. Make sure your API invocation call has a header: "Authorization"',
    }),
  badToken: () =>
    new Refusal(401, {
      code: '900901',
      message: 'Invalid Credentials',
      description: 'Invalid Credentials. Make sure you have provided the correct security credentials',
    }),
  noSuchPath: () =>
    new Refusal(404, {
      code: '404',
      type: 'Status report',
      message: 'Runtime Error',
      description: 'No matching resource found for given API Request',
    }),
} as const;
