/** Every rule the validator knows, with its sentence. `{resource} {element} {expected}` are filled in; values never. */
export const RULES = {
  // ── JSON ──
  'not-an-object': error(
    'The {resource}: "{element}" must be a JSON object.',
    '{resource}: "{element}" JSON ऑब्जेक्ट होना चाहिए।',
  ),
  'not-a-list': error('The {resource}: "{element}" must be a list.', '{resource}: "{element}" सूची होनी चाहिए।'),
  'not-single': error(
    'The {resource}: "{element}" must be one value and not a list.',
    '{resource}: "{element}" सूची नहीं, एक ही मान होना चाहिए।',
  ),
  empty: error(
    'The {resource}: "{element}" is empty; leave it out instead.',
    '{resource}: "{element}" खाली है; इसे हटा दें।',
  ),
  'unknown-property': error(
    'The {resource} has a field "{element}" that FHIR does not know.',
    '{resource} में "{element}" नाम का खाना FHIR में नहीं है।',
  ),
  'unknown-resource-type': error(
    'The document holds a resource of a type that FHIR R4 does not know.',
    'दस्तावेज़ में ऐसा रिसोर्स है जो FHIR R4 में नहीं है।',
  ),

  'more-issues': error('The document has more errors than are listed here.', 'दस्तावेज़ में यहाँ बताई गई से अधिक त्रुटियाँ हैं।'),
  'too-deep': error('The document is nested too deeply to be read.', 'दस्तावेज़ इतना गहरा है कि पढ़ा नहीं जा सकता।'),

  // ── FHIR R4 ──
  missing: error(
    'The {resource} lacks "{element}", which is required.',
    '{resource} में ज़रूरी जानकारी "{element}" नहीं है।',
  ),
  'too-many': error(
    'The {resource}: "{element}" may stand only so often: {expected}.',
    '{resource}: "{element}" केवल इतनी बार हो सकता है: {expected}।',
  ),
  'too-few': error(
    'The {resource}: "{element}" must stand at least {expected} times.',
    '{resource}: "{element}" कम से कम {expected} बार होना चाहिए।',
  ),
  'two-values': error(
    'The {resource} gives "{element}" in two forms at once; only one may be sent.',
    '{resource}: "{element}" दो रूपों में भेजा गया है; केवल एक भेजें।',
  ),
  'wrong-type': error(
    'The {resource}: "{element}" must be a {expected}.',
    '{resource}: "{element}" {expected} होना चाहिए।',
  ),
  'other-type': error(
    'The {resource}: "{element}" is of a kind that may not stand there; allowed: {expected}.',
    '{resource}: "{element}" का प्रकार यहाँ मान्य नहीं है; मान्य: {expected}।',
  ),
  'not-allowed': error(
    'The {resource}: "{element}" may not be sent there.',
    '{resource}: "{element}" यहाँ नहीं भेजा जा सकता।',
  ),
  'wrong-format': error(
    'The {resource}: "{element}" is not written as a FHIR {expected}.',
    '{resource}: "{element}" सही रूप ({expected}) में नहीं लिखा है।',
  ),
  'control-character': warning(
    'The {resource}: "{element}" holds characters that cannot be printed.',
    '{resource}: "{element}" में न छपने वाले अक्षर हैं।',
  ),
  'unknown-code': error(
    'The {resource}: "{element}" is not one of the codes FHIR allows there.',
    '{resource}: "{element}" का कोड FHIR में मान्य नहीं है।',
  ),
  'unusual-code': warning(
    'The {resource}: "{element}" carries none of the codes that are expected there.',
    '{resource}: "{element}" में अपेक्षित कोड में से कोई नहीं है।',
  ),
  'dangling-reference': error(
    'The {resource}: "{element}" points at something that is not in the document.',
    '{resource}: "{element}" जिसकी ओर संकेत करता है वह दस्तावेज़ में नहीं है।',
  ),
  'wrong-target': error(
    'The {resource}: "{element}" must point at {expected}.',
    '{resource}: "{element}" का संकेत {expected} की ओर होना चाहिए।',
  ),
  'wrong-target-profile': error(
    'The {resource}: "{element}" must point at something that is complete as {expected}.',
    '{resource}: "{element}" का लक्ष्य {expected} के रूप में पूरा होना चाहिए।',
  ),
  'wrong-reference-type': error(
    'The {resource}: "{element}" says another type than the resource it points at.',
    '{resource}: "{element}" में लिखा प्रकार लक्ष्य से मेल नहीं खाता।',
  ),
  'unsafe-narrative': error(
    'The {resource}: the readable text is not plain well-formed XHTML.',
    '{resource}: पढ़ने योग्य पाठ सही XHTML नहीं है।',
  ),
  invariant: error(
    'The {resource}: "{element}" breaks a rule of FHIR: {expected}.',
    '{resource}: "{element}" FHIR का नियम तोड़ता है: {expected}।',
  ),

  'invariant-advice': warning(
    'The {resource}: "{element}" does not follow a recommendation of FHIR: {expected}.',
    '{resource}: "{element}" FHIR की सलाह के अनुसार नहीं है: {expected}।',
  ),

  // ── slices ──
  'missing-part': error(
    'The {resource}: "{element}" lacks its required part "{expected}".',
    '{resource}: "{element}" में ज़रूरी भाग "{expected}" नहीं है।',
  ),
  'none-of-its-parts': error(
    'The {resource}: an item of "{element}" is none of those allowed: {expected}.',
    '{resource}: "{element}" में ऐसी प्रविष्टि है जो मान्य नहीं; मान्य: {expected}।',
  ),
  'unknown-before-known': error(
    'The {resource}: items of "{element}" that the profile does not name come last.',
    '{resource}: "{element}" में अनजान प्रविष्टियाँ अंत में आनी चाहिए।',
  ),
  'out-of-order': error(
    'The {resource}: the items of "{element}" do not stand in the order the profile gives.',
    '{resource}: "{element}" की प्रविष्टियाँ सही क्रम में नहीं हैं।',
  ),

  // ── documents ──
  'not-a-bundle': error('This is not a FHIR Bundle.', 'यह FHIR Bundle नहीं है।'),
  'composition-not-first': error(
    'The first entry of the document must be its Composition.',
    'दस्तावेज़ की पहली प्रविष्टि Composition होनी चाहिए।',
  ),
  'second-composition': error('The document holds more than one Composition.', 'दस्तावेज़ में एक से अधिक Composition हैं।'),
  'repeated-full-url': error(
    'Two entries of the document have the same fullUrl.',
    'दस्तावेज़ की दो प्रविष्टियों का fullUrl एक ही है।',
  ),
  // R4 asks for agreement only where the fullUrl is an address; a urn:uuid may differ, and one of the guide's does.
  'full-url-differs': warning(
    'The {resource}: its id is not the one in the entry’s fullUrl.',
    '{resource}: इसकी id प्रविष्टि के fullUrl से अलग है।',
  ),
  'not-reached': warning(
    'The {resource} stands in the document, but nothing there points at it.',
    '{resource} दस्तावेज़ में है, पर कोई उसकी ओर संकेत नहीं करता।',
  ),

  // ── NRCeS profiles ──
  'unknown-record': error(
    'The document does not say which ABDM record it is, or it is one this program cannot check.',
    'दस्तावेज़ यह नहीं बताता कि यह कौन-सा ABDM रिकॉर्ड है, या यह प्रोग्राम उसे जाँच नहीं सकता।',
  ),
  'unknown-profile': warning(
    'The {resource} claims a profile this program does not know, and was not checked against it.',
    '{resource} ऐसी प्रोफ़ाइल बताता है जो यह प्रोग्राम नहीं जानता; उसकी जाँच नहीं हुई।',
  ),
  'foreign-profile': error(
    'The {resource} claims a profile made for something else.',
    '{resource} ऐसी प्रोफ़ाइल बताता है जो किसी और के लिए है।',
  ),
  'wrong-value': error(
    'The {resource}: "{element}" must be "{expected}".',
    '{resource}: "{element}" "{expected}" होना चाहिए।',
  ),
  'incomplete-coding': error(
    'The {resource}: a code must come with its "{element}".',
    '{resource}: कोड के साथ उसका "{element}" होना चाहिए।',
  ),
  'foreign-code-system': error(
    'The {resource}: "{element}" uses a code system that ABDM does not take there.',
    '{resource}: "{element}" में ऐसी कोड प्रणाली है जो ABDM स्वीकार नहीं करता।',
  ),
  'two-codes': error(
    'The {resource}: "{element}" may carry one code only.',
    '{resource}: "{element}" में केवल एक कोड हो सकता है।',
  ),
  'repeated-section': error('The record has the same section twice.', 'रिकॉर्ड में एक ही खंड दो बार है।'),
  'unknown-section-before-known': error(
    'A section ABDM does not know stands before one it knows; such sections come last.',
    'ABDM के लिए अनजान खंड जाने-पहचाने खंड से पहले है; उसे अंत में रखें।',
  ),
  'entry-type': error(
    'A section entry must carry "type" with one of: {expected}.',
    'खंड की प्रविष्टि में "type" होना चाहिए, इनमें से एक: {expected}।',
  ),
} as const;

export type RuleName = keyof typeof RULES;

interface Rule {
  readonly severity: 'error' | 'warning';
  readonly en: string;
  readonly hi: string;
}

function error(en: string, hi: string): Rule {
  return { severity: 'error', en, hi };
}

function warning(en: string, hi: string): Rule {
  return { severity: 'warning', en, hi };
}
