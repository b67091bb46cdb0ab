/**
 * Every kind of job. A payload is one id, never a copy of data, and a job may run twice, so each starts by looking whether
 * it is still needed.
 *
 * `attempts` counts faults (a crash is one too), not refusals or an unreachable gateway: those are handled where they
 * happen. `givenUp` is what a person finds then.
 *
 * `pool`: what calls an HIU, a hospital's server or an SMS gateway is done by workers of its own (`outside`), for the answer
 * takes as long as the other side likes. Nothing that ABDM or a patient waits for may stand behind that.
 */
// prettier-ignore
export const JOBS = {
  'visit.build':       { pool: 'own', attempts: 10, about: 'a visit version',  givenUp: 'the visit stays "received"; POST /visits/{id}/retry builds it again' },
  'linking.advance':   { pool: 'own', attempts: 10, about: 'a linking',        givenUp: 'the linking fails with "fault"; the desk can try again' },
  'linking.notify':    { pool: 'own', attempts: 10, about: 'a linking',        givenUp: 'the visit is linked, but ABDM was not told of its records' },
  'user-link.send-otp':  { pool: 'outside', attempts: 6, about: 'a link begun by the patient', givenUp: 'she gets no code, and has to begin again' },
  'user-link.accepted':  { pool: 'own', attempts: 10, about: 'a link begun by the patient', givenUp: 'her visits are linked, but ABDM was not told of their records' },
  'user-link.not-in-time': { pool: 'own', attempts: 10, about: 'an exchange (in)', givenUp: 'the audit lacks a discovery that was answered with an error' },
  'deep-link.send':    { pool: 'own', attempts: 10, about: 'a deep link by SMS', givenUp: 'the patient gets no SMS; her visit waits all the same' },
  'abha.ended':        { pool: 'own', attempts: 25, about: 'an ended ABHA address', givenUp: 'the gate refuses its consents; patients and visits keep naming it' },
  'queue.end-of-day':  { pool: 'own', attempts: 25, about: 'a facility', givenUp: 'profiles of that day stay sealed; the job of the next day erases them' },
  'abha-session.expire': { pool: 'own', attempts: 25, about: 'an ABHA session', givenUp: 'its tokens lie sealed until somebody asks for it' },
  'exchange.send':     { pool: 'own', attempts: 10, about: 'an exchange (out)', givenUp: 'the exchange fails and its flow hears of it' },
  'exchange.handle':   { pool: 'own', attempts: 10, about: 'an exchange (in)',  givenUp: 'the message stays "received" in the exchange log' },
  'exchange.no-reply': { pool: 'own', attempts: 10, about: 'an exchange (out)', givenUp: 'the exchange stays "timed-out" and its flow does not hear of it' },
  'consent.expire':    { pool: 'own', attempts: 25, about: 'a consent artefact', givenUp: 'the gate still refuses it by the clock' },
  'transfer.start':    { pool: 'own', attempts: 10, about: 'a transfer',        givenUp: 'no page is sent; the transfer fails at its deadline' },
  'transfer.push':     { pool: 'outside', attempts: 10, about: 'a transfer',        givenUp: 'the transfer fails; ABDM is told by its deadline' },
  'webhook.send':      { pool: 'outside', attempts: 25, about: 'a delivery to the hospital', givenUp: 'the delivery is listed as "given-up"; POST /webhooks/deliveries/{id}/resend' },
} as const satisfies Record<string, { pool: JobPool; attempts: number; about: string; givenUp: string }>;

export type JobPool = 'own' | 'outside';
export type JobName = keyof typeof JOBS;

export const JOB_NAMES = Object.keys(JOBS) as readonly JobName[];
