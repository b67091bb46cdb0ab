import type { DocumentReference } from 'fhir/r4.js';
import type { ImagingReport, ScannedDocument } from '../../ports/visit.js';
import { imagingDiagnosticReport } from '../resources/diagnostic-report.js';
import { scannedDocument } from '../resources/document-reference.js';
import { media } from '../resources/media.js';
import { remark } from '../resources/observation.js';
import { words } from '../terminology/coding.js';
import { authoriser } from './authorised-report.js';
import type { ToldReport } from './authorised-report.js';
import { optional } from './narrative.js';
import type { Label, Line } from './narrative.js';
import type { VisitFrame } from './visit-frame.js';

const FINDINGS: Label = { en: 'Findings', hi: 'जाँच में क्या दिखा' };
const IMPRESSION: Label = { en: 'Impression', hi: 'निष्कर्ष' };

/**
 * An authorised imaging report as NRCeS knows one: with a picture and a conclusion. The conclusion is the impression,
 * else the findings; findings beside an impression are a result of their own, which readers' apps show.
 * @returns undefined when picture or words are missing: then it can only be a document
 */
export function toldImagingReport(from: ImagingReport, part: string, frame: VisitFrame): ToldReport | undefined {
  const { idOf, facility, parts } = frame;
  const { image, findings } = from;
  const conclusion = from.impression ?? findings;
  if (image === undefined || !isPicture(image) || conclusion === undefined) return undefined;

  const picture = media(idOf('picture', part), image, from.performedAt, parts);
  const seen =
    findings === undefined || findings === conclusion
      ? undefined
      : { ...remark(idOf('findings', part), FINDINGS.en, findings, parts), effectiveDateTime: from.performedAt };
  const signer = authoriser(from, frame);
  const report = imagingDiagnosticReport(
    idOf('imaging-report', part),
    {
      number: from.number,
      code: words(from.study),
      takenAt: from.performedAt,
      authorisedAt: from.authorisedAt,
      authorisedBy: signer,
      conclusion,
      results: optional(seen),
      picture,
    },
    facility.hfrId,
    parts,
  );
  return { report, around: [...optional(signer), picture, ...optional(seen)], lines: imagingLines(from) };
}

/**
 * The same report where the profile cannot be met (it wants a picture): the file the hospital sent, such as a PDF, and
 * the words as plain text. NRCeS lets a document stand in the report's place.
 * @returns undefined when there is neither
 */
export function imagingDocument(from: ImagingReport, part: string, frame: VisitFrame): DocumentReference | undefined {
  const at = from.authorisedAt ?? from.performedAt ?? frame.parts.at;
  const told = (file: ScannedDocument): DocumentReference =>
    scannedDocument(frame.idOf('imaging-document', part), { ...file, type: from.study }, { ...frame.parts, at });
  const text = optional(printed(from)).map(told).map(inUtf8);
  const documents = [...optional(from.image).map(told), ...text];
  const [first] = documents;
  return first && { ...first, content: documents.flatMap(({ content }) => content) };
}

/** Hindi without a charset is read as Latin-1 by some readers. */
function inUtf8(document: DocumentReference): DocumentReference {
  const content = document.content.map(({ attachment }) => ({
    attachment: { ...attachment, contentType: `${attachment.contentType ?? 'text/plain'}; charset=utf-8` },
  }));
  return { ...document, content };
}

/** What a patient reads: the impression first, as it is what was asked for. */
export function imagingLines(from: ImagingReport): readonly Line[] {
  return said(from).map(([{ en, hi }, text]) => ({ text: `${en} / ${hi}: ${text}` }));
}

function printed(from: ImagingReport): ScannedDocument | undefined {
  const paragraphs = said(from).map(([{ en, hi }, text]) => `${en} / ${hi}:\n${text}\n`);
  if (paragraphs.length === 0) return undefined;
  const page = [from.study, '', ...paragraphs].join('\n');
  return {
    name: `${from.study}.txt`,
    type: undefined,
    mime: 'text/plain',
    dataBase64: Buffer.from(page, 'utf8').toString('base64'),
  };
}

function said({ impression, findings }: ImagingReport): readonly (readonly [Label, string])[] {
  return [
    ...optional(impression).map((text): [Label, string] => [IMPRESSION, text]),
    ...optional(findings).map((text): [Label, string] => [FINDINGS, text]),
  ];
}

/** Media is for what is looked at; a PDF is read. */
function isPicture({ mime }: ScannedDocument): boolean {
  return /^(?:image|video)\/[\w.+-]+$/i.test(mime);
}
