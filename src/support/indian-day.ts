const INDIA_MS = 5.5 * 3_600_000;

/** The day in India at that moment, `YYYY-MM-DD`. India has one time zone, without summer time. */
export const indianDay = (at: Date): string => new Date(at.getTime() + INDIA_MS).toISOString().slice(0, 10);
