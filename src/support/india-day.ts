/** India has one time, without summer time. */
const AHEAD_OF_UTC_MS = 5.5 * 3_600_000;

/** The day it is in India, `YYYY-MM-DD`: an OPD's day, whatever zone the server is in. */
export const indiaDay = (at: Date): string => new Date(at.getTime() + AHEAD_OF_UTC_MS).toISOString().slice(0, 10);

/** The midnight in India with which this day (`YYYY-MM-DD`) ends. */
export const endOfIndiaDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+05:30`) + 86_400_000);
