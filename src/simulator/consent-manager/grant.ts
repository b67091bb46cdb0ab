export interface DateRange {
  readonly from: string;
  readonly to: string;
}

export interface CareContextReference {
  readonly patientReference: string;
  readonly careContextReference: string;
}

/** What the patient grants. */
export interface Grant {
  readonly abhaAddress: string;
  readonly hipId: string;
  /** Undefined: self-requested by the patient's app; then neither hiu nor requester stand in the artefact, as observed. */
  readonly hiuId?: string | undefined;
  readonly careContexts: readonly CareContextReference[];
  readonly hiTypes: readonly string[];
  readonly dateRange: DateRange;
  readonly dataEraseAt: string;
  readonly frequency: { readonly unit: string; readonly value: number; readonly repeats: number };
  /** ABDM's purpose code, e.g. `PATRQT`. */
  readonly purpose: string;
}
