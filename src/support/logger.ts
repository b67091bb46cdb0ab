import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream } from 'pino';
import { redact } from './redaction.js';
import { redactText } from './sensitive-shapes.js';

/** What varies goes here. Fields named for a person or a secret are hidden: see `redaction.ts`. */
export type LogFields = Readonly<Record<string, unknown>>;

type Write = (fields: LogFields, message: string) => void;

/** One line per step. The message is a fixed sentence; an error goes into the field `error`. */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LoggerOptions {
  /** Of the program, in every line. */
  readonly name: string;
  /** This and what is graver is written. */
  readonly level: LogLevel | 'silent';
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** For `@Inject(LOGGER)`. */
export const LOGGER = Symbol('Logger');

/** Writes JSON lines `{ level, time, name, pid, …fields, message }` out of which everything personal has been taken. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { name, pid: process.pid },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  // Lines are written before the call returns: the last one before a crash is the one that matters.
  const lines = pino(options, destination ?? pino.destination({ fd: 1, sync: true }));
  const writeAt =
    (at: LogLevel): Write =>
    (fields, message) => {
      if (lines.isLevelEnabled(at)) lines[at](redact(fields), redactText(message));
    };
  return { debug: writeAt('debug'), info: writeAt('info'), warn: writeAt('warn'), error: writeAt('error') };
}

/**
 * Nest's own lines in the same form, for `NestFactory.create(…, { logger })`. What it tells about its start (modules,
 * routes) is `debug` here.
 */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown, ...rest: unknown[]) => passOn(logger.debug, message, rest),
    debug: (message: unknown, ...rest: unknown[]) => passOn(logger.debug, message, rest),
    verbose: (message: unknown, ...rest: unknown[]) => passOn(logger.debug, message, rest),
    warn: (message: unknown, ...rest: unknown[]) => passOn(logger.warn, message, rest),
    error: (message: unknown, ...rest: unknown[]) => passOn(logger.error, message, rest),
    fatal: (message: unknown, ...rest: unknown[]) => passOn(logger.error, message, rest),
  };
}

/** Nest gives the class that speaks last, and before it, with errors, a stack. */
function passOn(write: Write, message: unknown, rest: readonly unknown[]): void {
  const given = rest.filter((item) => item !== undefined);
  const context = given.at(-1);
  const details = given.slice(0, -1);
  const fields = { context, ...(details.length === 0 ? {} : { details }) };
  if (typeof message === 'string') return write(fields, message);
  if (message instanceof Error) return write({ ...fields, error: message }, 'Nest reports an error');
  write({ ...fields, said: message }, 'Nest reports');
}
