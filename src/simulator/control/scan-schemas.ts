import { count, closed, flag, open, text, times } from './schema-parts.js';

/** JSON schemas of scan and share. */
const changes = { intent: text, profile: open, metaData: open, overrides: open };
const howOften = { times, lateBySeconds: count, isLost: flag, wait: flag };

export const SCAN = closed(
  { qr: text, hipId: text, counterId: text, ...changes, ...howOften, repeat: times, cancel: flag },
  [],
);

const texts = { type: 'array', items: text, minItems: 1 };

export const SCANS = closed(
  {
    qrs: texts,
    hipId: text,
    counterIds: texts,
    people: texts,
    invented: { type: 'integer', minimum: 1, maximum: 100_000 },
    perSecond: { type: 'number', exclusiveMinimum: 0 },
    parallel: { type: 'integer', minimum: 1, maximum: 1000 },
    ...changes,
    ...howOften,
  },
  [],
);

export const RUNNING_TOKEN = closed({ qr: text, hipId: text, counterId: text, times }, []);
