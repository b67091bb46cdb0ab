import type { QuarantineReason } from '../ports/hospital.port.js';

/** Why a visit has to wait, and what a clerk can do about it. */
// prettier-ignore
const REASONS = {
  'name-missing': { en: 'The patient\'s name is empty. Enter the name and send the visit again.', hi: 'रोगी का नाम खाली है। नाम भरें और विज़िट फिर से भेजें।' },
  'name-legacy-font': { en: 'The patient\'s name seems typed in an old Hindi font and could not be read for sure. Type it again in English or Unicode Hindi and send the visit again.', hi: 'रोगी का नाम पुराने हिंदी फ़ॉन्ट में लगता है और निश्चित रूप से पढ़ा नहीं जा सका। नाम अंग्रेज़ी या यूनिकोड हिंदी में फिर से लिखें और विज़िट फिर से भेजें।' },
  'name-unreadable': { en: 'The patient\'s name cannot be read. Type it again and send the visit again.', hi: 'रोगी का नाम पढ़ा नहीं जा सका। नाम फिर से लिखें और विज़िट फिर से भेजें।' },
  'name-other-script': { en: 'The patient\'s name is in a script that cannot be read here. Type it in English or Hindi and send the visit again.', hi: 'रोगी का नाम ऐसी लिपि में है जो यहाँ पढ़ी नहीं जाती। नाम अंग्रेज़ी या हिंदी में लिखें और विज़िट फिर से भेजें।' },
  'uhid-missing': { en: 'The patient number (UHID) is empty. Enter it and send the visit again.', hi: 'रोगी संख्या (UHID) खाली है। उसे भरें और विज़िट फिर से भेजें।' },
  'uhid-unusable': { en: 'The patient number (UHID) is too long or looks like an Aadhaar number. Enter the hospital\'s own number and send the visit again.', hi: 'रोगी संख्या (UHID) बहुत लंबी है या आधार नंबर जैसी है। अस्पताल की अपनी संख्या भरें और विज़िट फिर से भेजें।' },
  'registration-missing': { en: 'The registration date is empty. Enter it and send the visit again.', hi: 'पंजीकरण की तारीख़ खाली है। उसे भरें और विज़िट फिर से भेजें।' },
  'registration-impossible': { en: 'There is no such registration date. Correct it (day/month/year) and send the visit again.', hi: 'पंजीकरण की ऐसी कोई तारीख़ नहीं है। उसे ठीक करें (दिन/माह/वर्ष) और विज़िट फिर से भेजें।' },
  'registration-in-future': { en: 'The registration date lies in the future. Check the date and the clock of the counter\'s computer, correct it and send the visit again.', hi: 'पंजीकरण की तारीख़ भविष्य की है। तारीख़ और काउंटर के कंप्यूटर की घड़ी जाँचें, उसे ठीक करें और विज़िट फिर से भेजें।' },
  'withdrawn-unreadable': { en: 'It is not clear whether the visit was cancelled. Set the delete mark to Y or N and send the visit again.', hi: 'स्पष्ट नहीं है कि विज़िट रद्द हुई या नहीं। हटाने का चिह्न Y या N करें और विज़िट फिर से भेजें।' },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly hi: string }>>;

export type QuarantineCode = keyof typeof REASONS;

export function quarantineReason(code: QuarantineCode, field: string): QuarantineReason {
  return { code, field, ...REASONS[code] };
}
