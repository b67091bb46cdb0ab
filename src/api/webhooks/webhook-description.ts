/** For the API's documentation: all that somebody needs who writes the receiving side. */
export const WEBHOOK_DESCRIPTION = `
Each event is one \`POST\` with a JSON body of ids, codes and times, **never a name or a clinical word**: ask this API for more.

| event | body, besides \`id\`, \`event\`, \`at\`, \`facility\` |
|---|---|
| \`visit.linked\` | \`visit: {id, opdNumber}\` |
| \`visit.failed\` | \`visit\`, \`code\` (as on the visit’s timeline). Told again when it fails again |
| \`consent.granted\` | \`consent: {id, hiuId, purpose, expiresAt}\` |
| \`consent.revoked\` | \`consent\`, \`reason\`: REVOKED (by the patient) or EXPIRED |
| \`records.shared\` | \`consent\`, \`transactionId\`, \`visitCount\`, \`visits\` (the first 100) |
| \`profile.shared\` | \`sharedProfileId\` (for GET /shared-profiles/{id}), \`queueTokenId\`, \`tokenNumber\`, \`counter\` |

Headers: \`X-Adapter-Event\`; \`X-Adapter-Delivery\`, the delivery’s id; \`X-Adapter-Signature: t=<seconds since 1970>,v1=<hex>\`,
where \`v1\` is the HMAC-SHA256 of \`<t>.<body>\` (the body byte for byte) under the webhook’s secret, all its characters.
Compare in constant time, and refuse a \`t\` that is more than five minutes off.

Answer 2xx within some seconds, and work afterwards. Anything else, redirects too, is tried again with growing pauses for a day,
then given up; it stays listed and can be sent again. A delivery may arrive more than once, always with the same id and body: keep the
ids. **Their order is not promised**: go by \`at\`, or ask for the visit or consent.

The secret is shown once, in the answer that made it. Events that happened before the webhook was made are not sent.
`;
