import { createDefaultValidator } from '../../../fhir/validation/index.js';
import { CannotGoOn, type Scene } from '../scene.js';
import { aLinkedSubject, documentIn, granted } from '../subjects.js';
import { aFullVisitOf, HI_TYPES } from '../visits.js';

/** One visit with something for every type of record: made, given out, and checked by the rules of the NRCeS guide. */
export const recordsOfEveryType: Scene = {
  title: 'A visit with every type of record',
  cases: {
    Health_RECORD_CREATION_101: ['generateLinkToken', 'linkCareContexts', 'onCareContextLinked'],
    DAT_01: ['healthInformationRequest', 'onHealthInformationRequest', 'pushHealthInformation'],
  },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const subject = await aLinkedSubject(theatre, notes, aFullVisitOf);
    if (theatre.hospital === undefined) {
      notes.notPlayed('Health_RECORD_CREATION_101', 'A visit has to be posted to see its records made.');
    } else {
      for (const hiType of HI_TYPES) {
        const isMade = subject.hiTypes.includes(hiType);
        notes.fact('Health_RECORD_CREATION_101', `A record of type ${hiType} was made and linked`, isMade);
      }
    }
    const { consentId } = await granted(theatre, notes, subject);
    const { entries, transactionId } = await theatre.abdm.requests(consentId);
    notes.about(transactionId);
    if (entries.length === 0) throw new CannotGoOn('No record arrived');
    const documents = entries.map(({ plaintext }) => documentIn(plaintext));
    const areDocuments = documents.every(({ isDocument }) => isDocument);
    if (theatre.hospital !== undefined)
      notes.fact('Health_RECORD_CREATION_101', 'Each is shared as a FHIR document bundle', areDocuments);
    const validator = createDefaultValidator();
    for (const hiType of new Set([...subject.hiTypes, ...documents.map((one) => one.hiType)])) {
      const ofType = documents.filter((one) => one.hiType === hiType);
      // Another HIP’s patient need not have a record of every type.
      if (ofType.length === 0 && theatre.hospital === undefined) continue;
      const errors = ofType
        .flatMap(({ document }) => validator.validate(document))
        .filter(({ severity }) => severity === 'error');
      const rules = [...new Set(errors.map(({ rule }) => rule))].join(', ');
      notes.fact(
        'DAT_01',
        `${hiType}: ${ofType.length} received, ${errors.length === 0 ? 'no error' : `errors: ${rules}`}`,
        ofType.length > 0 && errors.length === 0,
      );
    }
  },
};
