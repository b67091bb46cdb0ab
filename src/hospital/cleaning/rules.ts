interface RuleSentence {
  readonly en: string;
  readonly hi: string;
}

/** Every rule that can speak in a `Remark`, with the sentence the clerk's report shows for it. */
// prettier-ignore
export const RULES = {
  'aadhaar-masked': { en: 'A number that looks like Aadhaar was masked; only its last four digits are kept.', hi: 'आधार जैसा दिखने वाला नंबर छिपा दिया गया; केवल अंतिम चार अंक रखे गए हैं।' },
  'unstorable-characters': { en: 'Characters that no database can store were removed.', hi: 'ऐसे अक्षर हटाए गए जिन्हें डेटाबेस में नहीं रखा जा सकता।' },
  'unsafe-column': { en: 'A column with a name reserved by programs was left out.', hi: 'प्रोग्राम के लिए आरक्षित नाम वाला कॉलम छोड़ दिया गया।' },
  'row-too-large': { en: 'The row is nested too deeply or has too many values; the rest was left out.', hi: 'पंक्ति बहुत गहरी या बहुत बड़ी है; बाकी भाग छोड़ दिया गया।' },
  'unknown-column': { en: 'The mapping does not know this column; it was kept but not used.', hi: 'यह कॉलम मैपिंग में नहीं है; रखा गया पर उपयोग नहीं हुआ।' },
  'wrong-type': { en: 'The value is not of the expected kind and was not used.', hi: 'मान अपेक्षित प्रकार का नहीं है, इसलिए उपयोग नहीं हुआ।' },
  'list-expected': { en: 'A single entry came where a list was expected; it was read as a list of one.', hi: 'सूची की जगह एक ही प्रविष्टि आई; उसे एक की सूची माना गया।' },
  'list-too-long': { en: 'The list is too long; the entries at its end were not read.', hi: 'सूची बहुत लंबी है; अंत की प्रविष्टियाँ नहीं पढ़ी गईं।' },
  'more-remarks': { en: 'There were more remarks than are kept for one visit.', hi: 'इस विज़िट की टिप्पणियाँ सीमा से अधिक थीं।' },
  'text-tidied': { en: 'Extra spaces or invisible characters were removed.', hi: 'अतिरिक्त खाली स्थान या अदृश्य अक्षर हटाए गए।' },
  'missing-word': { en: 'The system wrote a sign for "nothing entered"; it was read as empty.', hi: '"कुछ दर्ज नहीं" का चिह्न था; इसे खाली माना गया।' },
  'item-without-name': { en: 'An entry of a list lacks what it is about and was not used.', hi: 'सूची की प्रविष्टि में मुख्य नाम नहीं है, इसलिए उपयोग नहीं हुई।' },
  'unused-with-entry': { en: 'The value belongs to an entry that could not be used.', hi: 'यह मान ऐसी प्रविष्टि का है जिसका उपयोग नहीं हो सका।' },
  'number-from-visit': { en: 'The entry has no number; one was made from the visit number and its place.', hi: 'प्रविष्टि का नंबर नहीं था; विज़िट नंबर और क्रम से बनाया गया।' },
  'masked-not-used': { en: 'The text around an Aadhaar-like number was not used.', hi: 'आधार जैसे नंबर के आसपास का पाठ उपयोग नहीं हुआ।' },
  'yes-no-word': { en: 'The word for yes or no was not understood; it was read as no.', hi: 'हाँ/नहीं का शब्द समझ नहीं आया; नहीं माना गया।' },

  'name-case': { en: 'The name was rewritten with capital and small letters.', hi: 'नाम को बड़े और छोटे अक्षरों में लिखा गया।' },
  'name-honorific': { en: 'A title such as Smt or Shri was separated from the name.', hi: 'श्रीमती, श्री जैसे संबोधन को नाम से अलग किया गया।' },
  'name-scripts': { en: 'The Hindi and the English part of the name were separated.', hi: 'नाम के हिंदी और अंग्रेज़ी भाग अलग किए गए।' },
  'name-digits': { en: 'Digits were removed from the name.', hi: 'नाम से अंक हटाए गए।' },
  'name-unreadable': { en: 'The name has no readable letters.', hi: 'नाम में पढ़ने योग्य अक्षर नहीं हैं।' },
  'legacy-font': { en: 'The text seems typed in an old Hindi font (Kruti Dev), but could not be read for sure.', hi: 'पाठ पुराने हिंदी फ़ॉन्ट (कृति देव) में लगता है, पर निश्चित रूप से पढ़ा नहीं जा सका।' },
  'legacy-font-converted': { en: 'The text was typed in an old Hindi font (Kruti Dev) and was read as Hindi.', hi: 'पाठ पुराने हिंदी फ़ॉन्ट (कृति देव) में था; उसे हिंदी में पढ़ा गया।' },
  'name-transliterated': { en: 'Only a Hindi name came; its spelling in English letters was worked out.', hi: 'केवल हिंदी नाम आया; अंग्रेज़ी अक्षरों में उसकी वर्तनी बनाई गई।' },
  'name-other-script': { en: 'The name is written in a script other than English or Hindi.', hi: 'नाम अंग्रेज़ी या हिंदी के अलावा किसी और लिपि में है।' },
  'name-signs': { en: 'Signs that belong to no name were removed.', hi: 'ऐसे चिह्न हटाए गए जो नाम का भाग नहीं हैं।' },
  'name-hindi-unread': { en: 'The Hindi name holds no Hindi letters and was not used.', hi: 'हिंदी नाम में हिंदी अक्षर नहीं हैं, इसलिए उपयोग नहीं हुआ।' },
  'relation-kind-missing': { en: 'A relative is named, but not how they are related.', hi: 'संबंधी का नाम है, पर संबंध नहीं लिखा है।' },

  'relation-name-missing': { en: 'It is said how a relative is related, but not who it is.', hi: 'संबंध लिखा है, पर संबंधी का नाम नहीं।' },

  'sex-spelling': { en: 'The sex was understood from the hospital\'s spelling.', hi: 'लिंग अस्पताल की लिखावट से समझा गया।' },
  'sex-unread': { en: 'The word for the sex is not known; it was set to unknown.', hi: 'लिंग का शब्द समझ नहीं आया; अज्ञात रखा गया।' },

  'date-format': { en: 'The date was rewritten, day first and in Indian time.', hi: 'तारीख़ को दिन-पहले और भारतीय समय में फिर से लिखा गया।' },
  'date-two-digit-year': { en: 'The year had two digits; the century was worked out.', hi: 'वर्ष दो अंकों में था; शताब्दी निकाली गई।' },
  'date-zone': { en: 'The time came with another zone and was changed to Indian time.', hi: 'समय दूसरे क्षेत्र का था; भारतीय समय में बदला गया।' },
  'date-without-time': { en: 'The date came without a time of day; midnight was taken.', hi: 'तारीख़ के साथ समय नहीं था; आधी रात मानी गई।' },
  'date-placeholder': { en: 'The date is a filler such as 00/00/0000; it was read as empty.', hi: 'तारीख़ 00/00/0000 जैसी भराई है; खाली मानी गई।' },
  'date-impossible': { en: 'There is no such date, or it could not be read.', hi: 'ऐसी कोई तारीख़ नहीं है या पढ़ी नहीं जा सकी।' },
  'date-in-future': { en: 'The date lies in the future and was not used.', hi: 'तारीख़ भविष्य की है, इसलिए उपयोग नहीं हुई।' },
  'birth-date-after-visit': { en: 'The date of birth lies after the visit and was not used.', hi: 'जन्म तिथि विज़िट के बाद की है, इसलिए उपयोग नहीं हुई।' },
  'birth-date-too-old': { en: 'The date of birth would make the patient older than 130 years and was not used.', hi: 'जन्म तिथि से आयु 130 वर्ष से अधिक होती है, इसलिए उपयोग नहीं हुई।' },
  'birth-year-only': { en: 'Only the year of birth was given.', hi: 'केवल जन्म का वर्ष दिया गया था।' },
  'birth-date-age-differ': { en: 'Date of birth and age do not fit each other; the date of birth was used.', hi: 'जन्म तिथि और आयु मेल नहीं खातीं; जन्म तिथि मानी गई।' },
  'age-to-birth-year': { en: 'The year of birth was worked out from the age.', hi: 'जन्म का वर्ष आयु से निकाला गया।' },
  'age-fits-birth-date': { en: 'Age and date of birth fit each other; the date of birth was used.', hi: 'आयु और जन्म तिथि मेल खाती हैं; जन्म तिथि मानी गई।' },
  'age-impossible': { en: 'The age is not a possible one and was not used.', hi: 'आयु संभव नहीं है, इसलिए उपयोग नहीं हुई।' },

  'mobile-format': { en: 'The mobile number was reduced to its ten digits.', hi: 'मोबाइल नंबर को दस अंकों में लिखा गया।' },
  'mobile-placeholder': { en: 'The mobile number is a filler such as 0000000000; it was read as unknown.', hi: 'मोबाइल नंबर 0000000000 जैसी भराई है; अज्ञात माना गया।' },
  'mobile-unread': { en: 'This is not an Indian mobile number; it was not used.', hi: 'यह भारतीय मोबाइल नंबर नहीं है; उपयोग नहीं हुआ।' },
  'pin-format': { en: 'The PIN code was reduced to its six digits.', hi: 'पिन कोड को छह अंकों में लिखा गया।' },
  'pin-unread': { en: 'This is not a PIN code; it was not used.', hi: 'यह पिन कोड नहीं है; उपयोग नहीं हुआ।' },
  'abha-number-format': { en: 'The ABHA number was reduced to its fourteen digits.', hi: 'आभा नंबर को चौदह अंकों में लिखा गया।' },
  'abha-number-check-digit': { en: 'The last digit of the ABHA number does not fit; check for a typing mistake.', hi: 'आभा नंबर का अंतिम अंक मेल नहीं खाता; टाइपिंग की ग़लती जाँचें।' },
  'abha-number-unread': { en: 'This is not an ABHA number of fourteen digits; it was not used.', hi: 'यह चौदह अंकों का आभा नंबर नहीं है; उपयोग नहीं हुआ।' },
  'abha-address-case': { en: 'The ABHA address was written in small letters.', hi: 'आभा पता छोटे अक्षरों में लिखा गया।' },
  'abha-address-unread': { en: 'This is not an ABHA address such as name@abdm; it was not used.', hi: 'यह name@abdm जैसा आभा पता नहीं है; उपयोग नहीं हुआ।' },

  'doctor-name': { en: 'The doctor\'s name was rewritten as it is to be shown.', hi: 'डॉक्टर का नाम दिखाने योग्य रूप में लिखा गया।' },
  'doctor-role': { en: 'The doctor\'s name is a duty on the rota, not a person.', hi: 'डॉक्टर के नाम की जगह ड्यूटी लिखी है, व्यक्ति का नाम नहीं।' },

  'vital-unread': { en: 'The measurement has no number that could be read; its words are kept.', hi: 'माप में पढ़ने योग्य संख्या नहीं है; शब्द वैसे ही रखे गए।' },
  'vital-implausible': { en: 'The measurement is outside what is possible; only its words are kept.', hi: 'माप संभव सीमा से बाहर है; केवल शब्द रखे गए।' },
  'unit-assumed': { en: 'The measurement has no unit; the usual one was taken.', hi: 'माप की इकाई नहीं थी; सामान्य इकाई मानी गई।' },
  'temperature-fahrenheit': { en: 'Fahrenheit was changed to Celsius.', hi: 'फ़ारेनहाइट को सेल्सियस में बदला गया।' },
  'weight-grams': { en: 'Grams were changed to kilograms.', hi: 'ग्राम को किलोग्राम में बदला गया।' },
  'height-feet-inches': { en: 'Feet and inches were changed to centimetres.', hi: 'फ़ुट और इंच को सेंटीमीटर में बदला गया।' },
  'height-metres': { en: 'Metres were changed to centimetres.', hi: 'मीटर को सेंटीमीटर में बदला गया।' },

  'icd10-form': { en: 'The ICD-10 code was written with its dot and capital letters.', hi: 'ICD-10 कोड को बिंदु और बड़े अक्षरों के साथ लिखा गया।' },
  'icd10-unread': { en: 'This has not the form of an ICD-10 code; it was not used.', hi: 'यह ICD-10 कोड के रूप में नहीं है; उपयोग नहीं हुआ।' },
  'diagnosis-from-code': { en: 'The diagnosis has a code but no words; the code was taken as its words.', hi: 'निदान का केवल कोड था, शब्द नहीं; कोड ही शब्द माना गया।' },
  'allergy-none-known': { en: 'Understood as: no known allergy.', hi: 'समझा गया: कोई ज्ञात एलर्जी नहीं।' },
  'next-visit-counted': { en: 'The date of the next visit was counted from this visit.', hi: 'अगली विज़िट की तारीख़ इस विज़िट से गिनी गई।' },
  'next-visit-unread': { en: 'The next visit has no date that could be read; its words are kept.', hi: 'अगली विज़िट की तारीख़ पढ़ी नहीं जा सकी; शब्द रखे गए।' },
  'next-visit-before-visit': { en: 'The date of the next visit lies before this visit; only its words are kept.', hi: 'अगली विज़िट की तारीख़ इस विज़िट से पहले की है; केवल शब्द रखे गए।' },
  'days-counted': { en: 'The number of days was worked out from the words.', hi: 'दिनों की संख्या शब्दों से निकाली गई।' },
  'days-unread': { en: 'The number of days could not be read; its words are kept.', hi: 'दिनों की संख्या पढ़ी नहीं जा सकी; शब्द रखे गए।' },

  'admission-kind': { en: 'The kind of stay is not one of the known words; a stay in a ward was taken.', hi: 'भर्ती के प्रकार का शब्द ज्ञात नहीं है; वार्ड में भर्ती मानी गई।' },
  'discharge-before-admission': { en: 'The discharge lies before the admission and was not used; the stay counts as not yet ended.', hi: 'छुट्टी का समय भर्ती से पहले का है, इसलिए उपयोग नहीं हुआ; भर्ती जारी मानी गई।' },
  'discharge-same-day': { en: 'The discharge came without a time, on the day of the admission; the time of the admission was taken.', hi: 'छुट्टी भर्ती के ही दिन की है और समय नहीं था; भर्ती का समय माना गया।' },

  'lab-status': { en: 'The report\'s status is not one of the known words; it counts as not authorised.', hi: 'रिपोर्ट की स्थिति का शब्द ज्ञात नहीं है; इसे अधिकृत नहीं माना गया।' },
  'imaging-empty': { en: 'The imaging report has neither words nor picture; it was kept as an ordered study.', hi: 'इमेजिंग रिपोर्ट में न शब्द हैं न चित्र; इसे केवल आदेशित जाँच के रूप में रखा गया।' },
  'result-empty': { en: 'A test value has no name or no result and was not used.', hi: 'जाँच के मान में नाम या परिणाम नहीं है; उपयोग नहीं हुआ।' },
  'document-empty': { en: 'The scanned document is empty and was not used.', hi: 'स्कैन किया दस्तावेज़ खाली है; उपयोग नहीं हुआ।' },
  'document-not-base64': { en: 'The scanned document arrived damaged (not base64) and was not used.', hi: 'स्कैन किया दस्तावेज़ ख़राब आया (base64 नहीं); उपयोग नहीं हुआ।' },
  'document-data-tidied': { en: 'Line breaks or a prefix were removed from the scanned document\'s data.', hi: 'स्कैन किए दस्तावेज़ के डेटा से पंक्ति-विराम या उपसर्ग हटाए गए।' },
  'document-kind-corrected': { en: 'The scanned document is not of the kind it says it is; the kind its data shows was taken.', hi: 'स्कैन किया दस्तावेज़ बताए गए प्रकार का नहीं है; डेटा से पहचाना गया प्रकार माना गया।' },
  'document-kind-unknown': { en: 'The scanned document is neither a PDF nor a known kind of picture; it was not used and is not sent.', hi: 'स्कैन किया दस्तावेज़ न PDF है न ज्ञात प्रकार का चित्र; इसका उपयोग नहीं हुआ और यह भेजा नहीं जाता।' },
  'amount-unread': { en: 'The amount of the bill could not be read; its words are kept.', hi: 'बिल की राशि पढ़ी नहीं जा सकी; शब्द रखे गए।' },
  'bill-not-sent': { en: 'The bill has an amount that could not be read, so it is not sent: mend it and send the visit again.', hi: 'बिल की एक राशि पढ़ी नहीं जा सकी, इसलिए बिल नहीं भेजा गया: सुधारकर विज़िट फिर भेजें।' },
  'amount-format': { en: 'The amount was read without its signs for rupees and thousands.', hi: 'राशि रुपये और हज़ार के चिह्न हटाकर पढ़ी गई।' },
} as const satisfies Readonly<Record<string, RuleSentence>>;

export type RuleName = keyof typeof RULES;
