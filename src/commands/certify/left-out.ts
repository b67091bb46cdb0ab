/** A verdict that is known before anything is played. */
export interface LeftOut {
  readonly verdict: 'not applicable' | 'not built yet' | 'not played';
  readonly why: string;
}

export const notApplicable = (why: string): LeftOut => ({ verdict: 'not applicable', why });
export const notBuilt = (why: string): LeftOut => ({ verdict: 'not built yet', why });
