import { needed, type Scene } from '../scene.js';
import { closed } from '../subjects.js';
import { aPatient, aVisitOf } from '../visits.js';

const NEEDS_VISITS = 'The HIP begins: a visit has to be posted at the hospital.';

/** She gave a mobile and nothing else: ABDM sends her a link, and with the app she finds her visit. */
export const deepLink: Scene = {
  title: 'An SMS to a patient without an ABHA address',
  cases: { HIP_INIT_NOTIFY_HIECM: 'all', NTF_01: ['notifyPatientBySms', 'onSmsNotify'] },
  hospitalIsNeededFor: NEEDS_VISITS,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const hospital = needed(theatre.hospital, NEEDS_VISITS);
    const holder = aPatient();
    notes.about(holder.mobile);
    const row = aVisitOf(holder, hospital.hfrId, 'with mobile only');
    await closed(theatre, hospital, row);
    const [sms] = await abdm.eventually(
      () => abdm.smsTo(holder.mobile),
      (all) => all[0]?.outcome !== undefined,
    );
    const isSent = sms?.hipId === abdm.hipId && sms.outcome === 'SUCCESS';
    for (const id of ['HIP_INIT_NOTIFY_HIECM', 'NTF_01'] as const)
      notes.fact(id, 'ABDM was asked, and sends the SMS with its deep link', isSent);
    const [asked] = await notes.messages('notifyPatientBySms');
    notes.fact(
      'HIP_INIT_NOTIFY_HIECM',
      'It was told the mobile and the facility, and nothing else',
      tellsNoMore(asked?.body),
    );

    await abdm.knows(holder); // she opened the link, and has an ABHA address now
    notes.about(holder.abhaAddress);
    const { transactionId, found } = await abdm.discovers(holder.abhaAddress);
    notes.about(transactionId);
    const references = found.offered.map((one) => one.careContextReference);
    for (const id of ['HIP_INIT_NOTIFY_HIECM', 'NTF_01'] as const)
      notes.fact(id, 'In the app she finds the new care context at this facility', references.includes(row.OPD_NO));
  },
};

function tellsNoMore(body: unknown): boolean {
  const { notification } = (body ?? {}) as { notification?: { hip?: object } };
  const keys = (value: object | undefined): string =>
    Object.keys(value ?? {})
      .sort()
      .join();
  return keys(notification) === 'hip,phoneNo' && keys(notification?.hip) === 'id,name';
}
