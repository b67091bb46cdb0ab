import type { Observation, Reference, Specimen } from 'fhir/r4.js';
import type { LabReport, LabResult } from '../../ports/visit.js';
import { labDiagnosticReport } from '../resources/diagnostic-report.js';
import { labObservation } from '../resources/lab-observation.js';
import { ref } from '../resources/reference.js';
import { specimen } from '../resources/specimen.js';
import { wordsWith } from '../terminology/coding.js';
import { fitsLabCode } from '../terminology/lab-code-fit.js';
import { LAB_FLAGS, labResultText, readLabResult } from '../terminology/lab-result.js';
import type { LabFlag } from '../terminology/lab-result.js';
import { authoriser } from './authorised-report.js';
import type { ToldReport } from './authorised-report.js';
import { optional } from './narrative.js';
import type { Line } from './narrative.js';
import { toldApart } from './told-apart.js';
import type { VisitFrame } from './visit-frame.js';

/**
 * An authorised laboratory report.
 * @param part what tells it apart from the visit's other reports
 */
export function toldLabReport(from: LabReport, part: string, frame: VisitFrame): ToldReport {
  const { idOf, parts, facility, terminology } = frame;
  const sample = sampleOf(from, part, frame);
  const signer = authoriser(from, frame);
  const { collectedAt, authorisedAt } = from;
  const reading = { ...parts, collectedAt, authorisedAt, specimen: sample?.reference };
  const results = toldApart(from.results, ({ parameter }) => parameter).map(({ item, key }) => {
    const known = terminology.find('lab-parameter', item.parameter, from.sample);
    const usualUnit = known?.code === undefined ? undefined : terminology.usualUnit?.(known.code);
    const read = readLabResult(item, (text) => terminology.find('unit', text), usualUnit);
    const code = wordsWith(known !== undefined && fitsLabCode(known, read) ? known : undefined, item.parameter);
    return {
      resource: labObservation(idOf('lab-result', part, ...key), code, read, reading),
      line: line(item, read.flag),
    };
  });
  const observations: Observation[] = results.map(({ resource }) => resource);
  const report = labDiagnosticReport(
    idOf('lab-report', part),
    {
      number: from.number,
      code: wordsWith(terminology.find('lab-test', from.test), from.test),
      takenAt: collectedAt,
      authorisedAt,
      authorisedBy: signer,
      conclusion: conclusion(from),
      results: observations,
      specimen: sample?.reference,
    },
    facility.hfrId,
    parts,
  );
  return {
    report,
    around: [...optional(signer), ...optional(sample?.resource), ...observations],
    lines: results.map((result) => result.line),
  };
}

/** A Specimen needs the time of its collection; without one the sample's words stand in the reference itself. */
function sampleOf(
  { sample, collectedAt }: LabReport,
  part: string,
  frame: VisitFrame,
): { readonly reference: Reference; readonly resource?: Specimen } | undefined {
  if (sample === undefined) return undefined;
  if (collectedAt === undefined) return { reference: { display: sample } };
  const type = wordsWith(frame.terminology.find('specimen', sample), sample);
  const resource = specimen(frame.idOf('specimen', part), type, collectedAt, frame.parts);
  return { reference: ref(resource, sample), resource };
}

/** NRCeS wants a conclusion, and the laboratory writes none: its results in one line, and nothing that it did not say. */
function conclusion({ results }: LabReport): string {
  const said = results.map((result) => {
    const range = result.referenceRange === undefined ? '' : ` (${result.referenceRange})`;
    return `${result.parameter} ${labResultText(result)}${range}`;
  });
  return `Results as reported: ${said.join('; ')}`;
}

function line(result: LabResult, flag: LabFlag | undefined): Line {
  const { parameter, referenceRange } = result;
  const said = `${parameter}: ${labResultText(result)}`;
  return {
    ...(flag === undefined ? { text: said } : { text: `${said}, ${LAB_FLAGS[flag].en}`, hindi: LAB_FLAGS[flag].hi }),
    details: [
      [
        { en: 'Reference range', hi: 'सामान्य सीमा' },
        referenceRange === undefined ? undefined : { text: referenceRange },
      ],
    ],
  };
}
