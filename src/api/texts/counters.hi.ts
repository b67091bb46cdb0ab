/** काउंटर के क्यूआर कोड के बारे में स्क्रीन रीडर क्या बोले। */
export const counterTitle = (counter: string, facility: string): string =>
  `${facility} के काउंटर ${counter} का क्यूआर कोड: अपना विवरण साझा करने और टोकन पाने के लिए इसे अपने आभा ऐप से स्कैन करें`;
