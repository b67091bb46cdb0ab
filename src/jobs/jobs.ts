/**
 * Every kind of job. A payload is one id, never a copy of data, and a job may run twice, so each starts by looking whether
 * it is still needed.
 *
 * `attempts` counts faults (a crash is one too), not refusals or an unreachable gateway: those are handled where they
 * happen. `givenUp` is what a person finds then.
 */
// prettier-ignore
export const JOBS = {
  'visit.build':       { attempts: 10, about: 'a visit version',  givenUp: 'the visit stays "received"; POST /visits/{id}/retry builds it again' },
  'linking.advance':   { attempts: 10, about: 'a linking',        givenUp: 'the linking fails with "fault"; the desk can try again' },
  'linking.notify':    { attempts: 10, about: 'a linking',        givenUp: 'the visit is linked, but ABDM was not told of its records' },
  'user-link.send-otp':  { attempts: 6, about: 'a link begun by the patient', givenUp: 'she gets no code, and has to begin again' },
  'user-link.accepted':  { attempts: 10, about: 'a link begun by the patient', givenUp: 'her visits are linked, but ABDM was not told of their records' },
  'user-link.not-in-time': { attempts: 10, about: 'an exchange (in)', givenUp: 'the audit lacks a discovery that was answered with an error' },
  'deep-link.send':    { attempts: 10, about: 'a deep link by SMS', givenUp: 'the patient gets no SMS; her visit waits all the same' },
  'abha.ended':        { attempts: 25, about: 'an ended ABHA address', givenUp: 'the gate refuses its consents; patients and visits keep naming it' },
  'queue.end-of-day':  { attempts: 25, about: 'a facility', givenUp: 'profiles of that day stay sealed; the job of the next day erases them' },
  'abha-session.expire': { attempts: 25, about: 'an ABHA session', givenUp: 'its tokens lie sealed until somebody asks for it' },
  'exchange.send':     { attempts: 10, about: 'an exchange (out)', givenUp: 'the exchange fails and its flow hears of it' },
  'exchange.handle':   { attempts: 10, about: 'an exchange (in)',  givenUp: 'the message stays "received" in the exchange log' },
  'exchange.no-reply': { attempts: 10, about: 'an exchange (out)', givenUp: 'the exchange stays "timed-out" and its flow does not hear of it' },
  'consent.expire':    { attempts: 25, about: 'a consent artefact', givenUp: 'the gate still refuses it by the clock' },
  'transfer.push':     { attempts: 10, about: 'a transfer',        givenUp: 'the transfer fails; ABDM is told by its deadline' },
  'webhook.send':      { attempts: 25, about: 'a delivery to the hospital', givenUp: 'the delivery is listed as "given-up"; POST /webhooks/deliveries/{id}/resend' },
} as const satisfies Record<string, { attempts: number; about: string; givenUp: string }>;

export type JobName = keyof typeof JOBS;

export const JOB_NAMES = Object.keys(JOBS) as readonly JobName[];
