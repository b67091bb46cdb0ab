import type { Appointment } from 'fhir/r4.js';
import { words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * The day the patient is to come back.
 *
 * NRCeS wants a start, R4 then wants an end too (app-2), and the hospital gives only a day: an OPD day, 9:00 to 17:00
 * Indian time. It is `proposed`, because no slot was booked; the description says what the hospital wrote, which may hold
 * a time.
 * @param date `YYYY-MM-DD`
 */
export function followUp(id: string, date: string, hospitalsWords: string, of: VisitParts): Appointment {
  return {
    resourceType: 'Appointment',
    id,
    meta: { profile: [PROFILES.appointment] },
    status: 'proposed',
    appointmentType: words('Follow-up visit'),
    description: `Next visit: ${hospitalsWords} (${date})`,
    start: `${date}T09:00:00+05:30`,
    end: `${date}T17:00:00+05:30`,
    created: of.at,
    participant: [
      { actor: ref(of.patient), status: 'needs-action' },
      { actor: ref(of.author), status: 'needs-action' },
    ],
  };
}
