import 'reflect-metadata';
import { benchCallbacks } from './bench/callbacks.js';
import { benchEncryption } from './bench/encryption.js';
import type { Figure } from './bench/figure.js';
import { benchRecords } from './bench/records.js';
import { benchShares } from './bench/shares.js';
import { benchTransfer } from './bench/transfer.js';
import { benchVisits } from './bench/visits.js';

/** `npm run bench [-- encryption records callbacks visits shares transfer]`: each figure beside its limit, from the same run. */
const BENCHES: Record<string, () => Promise<readonly Figure[]>> = {
  encryption: benchEncryption,
  records: benchRecords,
  callbacks: benchCallbacks,
  visits: benchVisits,
  shares: benchShares,
  transfer: benchTransfer,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}"; there are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(1);
}

let allHold = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench()) {
    allHold &&= figure.holds;
    console.log(`${figure.holds ? 'holds ' : 'MISSED'}  ${figure.name}: ${figure.measured} (limit: ${figure.limit})`);
  }
}
process.exitCode = allHold ? 0 : 1;
