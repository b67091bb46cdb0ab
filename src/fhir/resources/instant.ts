/** For elements that want a moment and not a day: a date without a time is left out rather than sent as midnight. */
export function instant(time: string | undefined): string | undefined {
  return time?.includes('T') === true ? time : undefined;
}
