import type { REPORT_COLUMNS_EN } from './reports.en.js';

export const REPORT_COLUMNS_HI: Record<keyof typeof REPORT_COLUMNS_EN, string> = {
  day: 'दिन',
  facility: 'स्वास्थ्य केंद्र (HFR आईडी)',
  counter: 'काउंटर',
  name: 'नाम',
  registrations: 'ओपीडी पंजीकरण',
  scanAndShare: 'स्कैन एंड शेयर से',
  scanAndSharePercent: 'स्कैन एंड शेयर से (%)',
  abhaLinked: 'आभा से जुड़े',
  abhaLinkedPercent: 'आभा से जुड़े (%)',
  abhaCreated: 'बनाए गए आभा',
  waitingForAbha: 'आभा की प्रतीक्षा में',
  neither: 'जोड़े जा रहे, असफल या सुधार योग्य',
  medianMinutesToCall: 'स्कैन से बुलावे तक का माध्यिका समय (मिनट)',
  total: 'कुल',
  noCounter: '(कोई काउंटर नहीं)',
  hidden: 'छिपाया गया',
};
