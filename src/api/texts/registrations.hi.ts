import type { REGISTRATION_STATES_EN } from './registrations.en.js';

export const REGISTRATION_STATES_HI: Record<keyof typeof REGISTRATION_STATES_EN, string> = {
  'needs-decision':
    'आभा और अस्पताल के रिकॉर्ड में अंतर है। रोगी से पूछें: एक ही व्यक्ति हो तो "same-person" के साथ फिर से पंजीकरण करें; नहीं तो "other-person" के साथ, तब पंजीकरण इस आभा के बिना होगा।',
  'needs-uhid':
    'बताएँ कि वे अस्पताल के कौन-से रोगी हैं। दिखाए गए रोगियों में से हों तो उसी संख्या से फिर से पंजीकरण करें; नहीं तो नई संख्या से।',
  'abha-of-another-patient':
    'यह आभा इसी अस्पताल की दूसरी रोगी संख्या की है। वही व्यक्ति हो तो उसी संख्या से पंजीकरण करें; नहीं तो आभा के बिना पंजीकरण करें।',
};
