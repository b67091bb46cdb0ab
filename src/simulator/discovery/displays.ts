import { Injectable } from '@nestjs/common';
import { type AbdmCall } from '../gateway/abdm-call.js';
import { Clients } from '../gateway/clients.js';
import { Violations } from '../gateway/violations.js';
import type { PatientEntry } from './patient-entries.js';

/** Departments, conditions, tests and drugs by which a visit can be told. Visit kinds, record kinds and dates are none. */
const CLINICAL = [
  /\b(cardio|psychiat|onco|gyna?ec|obstet|neuro|uro|nephro|dermat|venere|haemat|hemat|pulmon|ortho|paediat|pediat|ophthal)\w*/i,
  /\b(cancer|tumou?r|carcinoma|lymphoma|leuk(a?e)mia|an(a?e)mia|sickle|thalass\w+|diabet\w+|hypertens\w+|asthma|epilep\w+)\b/i,
  /\b(hiv|aids|tb|tubercul\w+|leprosy|malaria|dengue|typhoid|covid|hepatitis|syphilis|std|sti|pneumonia)\b/i,
  /\b(pregnan\w+|antenatal|abortion|mtp|anc|miscarriage|deliver(y|ies)|fertility|contracepti\w+)\b/i,
  /\b(addiction|alcohol|suicid\w+|depress\w+|schizo\w+|mental|overdose|poison\w*)\b/i,
  /\b(fever|pain|infection|disease|disorder|syndrome|fracture|injury|wound|burns?|cough|diarrh\w+|diagnos[ie]s|symptom\w*)\b/i,
  /\b(positive|negative|reactive|abnormal|biopsy|x-?ray|mri|ct|ecg|ekg|hba1c|cbc|ultrasound|sonograph\w+|haemoglobin)\b/i,
  /\b(tab|tablets?|cap|capsules?|inj|injections?|syp|syrup|ointment|\d+ ?(mg|mcg|ml))\b/i,
  /\b\w{3,}(itis|osis|ectomy|plasty|scopy|cillin|mycin)\b/i,
];

/** What stands in a display is read by somebody who has not yet proved who he is. */
@Injectable()
export class Displays {
  constructor(
    private readonly clients: Clients,
    private readonly violations: Violations,
  ) {}

  judge(call: AbdmCall, entries: readonly PatientEntry[], hipId: string): void {
    const facility = this.clients.facility(hipId)?.name ?? '';
    for (const entry of entries) {
      const displays = [entry.display, ...entry.careContexts.map((one) => one.display)];
      if (!displays.some((one) => isClinical(one, facility))) continue;
      const { operationId, requestId } = call;
      this.violations.record('display-clinical', `in the entry of ${entry.hiType}`, { operationId, requestId, hipId });
    }
  }
}

/** The patient chose the facility herself, so its own name, also of a TB hospital, tells nothing. */
export function isClinical(display: string, facilityName = ''): boolean {
  const text = facilityName === '' ? display : display.replaceAll(facilityName, ' ');
  return CLINICAL.some((pattern) => pattern.test(text));
}
