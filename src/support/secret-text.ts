import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A text that must never be written down: an Aadhaar number, an OTP, a person's token. However it is printed (log,
 * template, JSON, console, spread, structured clone), the text does not appear; whoever needs it says `reveal()`.
 */
export class SecretText {
  // A #field, not a private one: copying, spreading and structured cloning pass over it.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
