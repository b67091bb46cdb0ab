/** For the API's documentation: all that somebody needs who draws the pages. */
export const ABHA_DESCRIPTION = `
A session takes one person from the first question to a verified ABHA. Every answer says in \`next\` which step is due, which fields it
needs, and what else can be asked for; each step is \`POST /api/v1/abha/sessions/{id}/{step}\` and answers with the whole session. A page
can be reloaded, and the adapter restarted, at any time: \`GET\` shows where things stand.

| way | purpose | steps |
|---|---|---|
| aadhaar-otp | create | consent, aadhaar, otp, (communication-mobile, otp,) choose-address |
| fingerprint, iris | create | consent, fingerprint or iris, then as above |
| face | create | consent, face-qr, face-status (asked every 5 to 10 s), face, then as above |
| demographics | create | consent, demographics. Government programmes (\`ABHA_BENEFIT_NAME\`) |
| driving-licence | create | consent, mobile, otp, document. Legacy (\`ABHA_LEGACY\`); the number is provisional |
| abha-number, aadhaar | verify | that, otp |
| mobile | verify | mobile, otp, account |
| abha-address, card-qr | verify | that, method, otp |
| find | verify | mobile, found, otp |

**Look first:** a person may have an ABHA number and not know it; two of them can not be made one. \`aadhaar\` of a new ABHA therefore looks
by login before anything is made; somebody who has one is verified, and \`result.isNew\` is false.

Steps \`suggestions\` and \`profile\` follow by themselves; where the ABHA service did not answer, the session waits there and the page asks again.
When \`state\` is \`done\`, \`POST /api/v1/registrations\` takes the session’s id, and \`change\` changes mobile, e-mail or KYC behind an OTP.

Codes go to the masked mobile in \`otp.sentTo\`; again after 60 seconds, at most twice; after five wrong ones a fresh transaction begins.
A session idle for 30 minutes ends and is erased, at a kiosk one idle for 3; there it also ends with the registration, and changes nothing. Aadhaar numbers, OTPs and captures are kept nowhere: where one is wanted again
(\`otp.resendNeeds\`), the page sends it again. Refusals are problem+json with \`code\`, \`detail\`, \`detailHi\`, \`next\`, and, where there is a time
to wait, \`retryInSeconds\` and \`Retry-After\`. **Care never hangs on an ABHA:** every page has a way on without one.
`;
