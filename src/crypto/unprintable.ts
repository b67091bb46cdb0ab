import { inspect } from 'node:util';

/** Something that holds a secret: however it is printed (log, template, JSON, console), only `[key]` appears. */
export abstract class Unprintable {
  toString(): string {
    return '[key]';
  }

  toJSON(): string {
    return '[key]';
  }

  [inspect.custom](): string {
    return '[key]';
  }
}
