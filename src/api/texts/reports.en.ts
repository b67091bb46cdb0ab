/** Column headers of the OPD report as CSV. */
export const REPORT_COLUMNS_EN = {
  day: 'Day',
  facility: 'Facility (HFR id)',
  counter: 'Counter',
  name: 'Name',
  registrations: 'OPD registrations',
  scanAndShare: 'By scan and share',
  scanAndSharePercent: 'By scan and share (%)',
  abhaLinked: 'ABHA-linked',
  abhaLinkedPercent: 'ABHA-linked (%)',
  abhaCreated: 'ABHA created',
  waitingForAbha: 'Waiting for ABHA',
  neither: 'Being linked, failed or to be mended',
  medianMinutesToCall: 'Median minutes from scan to call',
  total: 'Total',
  noCounter: '(no counter)',
  hidden: 'hidden',
};
