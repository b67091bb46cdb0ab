import type { Abdm, AbhaHolder, CareContext, LoggedMessage } from './abdm.js';
import type { Hospital } from './hospital.js';
import type { PlayedId } from './verdict.js';

/** A patient of another HIP, as whoever runs it gives her. */
export interface GivenPatient {
  readonly holder: AbhaHolder;
  /** With records, and linked by that HIP since the simulator runs. Empty: none was given. */
  readonly careContexts: readonly CareContext[];
}

/** Both sides of the play. */
export interface Theatre {
  readonly abdm: Abdm;
  /** Undefined when another HIP is driven: then nobody can post visits, and `given` says whom it knows. */
  readonly hospital: Hospital | undefined;
  readonly given: GivenPatient | undefined;
  /** So much time goes by: really, or on the clocks of a test. */
  passes(seconds: number): Promise<void>;
}

/** Which of a scene's messages are a case's evidence, by ABDM's names of the calls. */
export type Evidence = readonly string[] | 'all';

/** A conversation that is played once, and that several cases look at. */
export interface Scene {
  readonly title: string;
  readonly cases: Partial<Record<PlayedId, Evidence>>;
  /** Undefined: also without the hospital's side. */
  readonly hospitalIsNeededFor: string | undefined;
  play(theatre: Theatre, notes: Notes): Promise<void>;
}

/** What a scene tells of the cases it plays. */
export interface Notes {
  fact(id: PlayedId, says: string, isSo: boolean): void;
  /** This case needs the hospital's side, and it is not there. */
  notPlayed(id: PlayedId, why: string): void;
  /** Messages that name it belong to the scene. */
  about(...ids: readonly (string | undefined)[]): void;
  /** The scene's messages so far, oldest first; of one operation. */
  messages(operation: string): Promise<readonly LoggedMessage[]>;
  /** All of the scene’s messages so far, oldest first. */
  trail(): Promise<readonly LoggedMessage[]>;
}

/** A scene cannot go on; its cases have failed with this sentence. */
export class CannotGoOn extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'CannotGoOn';
  }
}

/** Nothing went wrong, but what the scene starts from is not there: its cases are not played, with this sentence. */
export class PrerequisiteMissing extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'PrerequisiteMissing';
  }
}

/** @throws CannotGoOn */
export function needed<T>(value: T | undefined, why: string): T {
  if (value === undefined) throw new CannotGoOn(why);
  return value;
}

/** One thing that was looked at, for several cases. */
export function factOf(notes: Notes, ids: readonly PlayedId[], says: string, isSo: boolean): void {
  for (const id of ids) notes.fact(id, says, isSo);
}
