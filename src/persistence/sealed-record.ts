import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sealer } from './sealing.js';

/**
 * A document is told apart from a deflated one by its first byte: JSON text begins with `{`, and rows written before
 * documents were deflated hold that text itself. Nothing else than these two was ever written.
 */
const DEFLATED = Buffer.from([0]);
/** Larger ones are mostly scans in base64, on which deflating saves little and holds up the whole process. */
const DEFLATE_UP_TO = 256 * 1024;

const label = (recordId: string): string => `health_record.sealed_bundle:${recordId}`;

/**
 * Seals a FHIR document, deflated: that makes a fifth of it, and half of a visit's cost was the way of its documents into the
 * database. No secret of ours lies beside a stranger's text in one document, so its length gives nothing away that its
 * sealed text did not.
 */
export function sealRecord(sealer: Sealer, recordId: string, json: string): Buffer {
  const isSmall = json.length <= DEFLATE_UP_TO;
  return sealer.seal(label(recordId), isSmall ? Buffer.concat([DEFLATED, deflateRawSync(json, { level: 3 })]) : json);
}

/** The exact text that was sealed. @throws SealBroken */
export function openRecord(sealer: Sealer, recordId: string, sealed: Buffer): string {
  const opened = sealer.openBytes(label(recordId), sealed);
  return (opened[0] === DEFLATED[0] ? inflateRawSync(opened.subarray(1)) : opened).toString('utf8');
}
