import type { FhirResource } from 'fhir/r4.js';
import type { Html } from '../html.js';
import type { Renderer, ResourceOf, View } from '../view.js';
import { carePlan, familyMemberHistory, procedure } from './care.js';
import { allergyIntolerance, condition } from './condition.js';
import { diagnosticReport, imagingStudy, specimen } from './diagnostic-report.js';
import { encounter } from './encounter.js';
import { binary, documentReference, media } from './files.js';
import { immunization, immunizationRecommendation } from './immunization.js';
import { chargeItem, invoice } from './invoice.js';
import { medication, medicationRequest, medicationStatement } from './medication.js';
import { appointment, serviceRequest } from './orders.js';
import { other } from './other.js';
import { organization, patient, practitioner, practitionerRole } from './people.js';

/** How each kind of resource is shown. Observations are not here: those that stand together make one table. */
const RENDERERS: { readonly [T in FhirResource['resourceType']]?: Renderer<ResourceOf<T>> } = {
  AllergyIntolerance: allergyIntolerance,
  Appointment: appointment,
  Binary: binary,
  CarePlan: carePlan,
  ChargeItem: chargeItem,
  Condition: condition,
  DiagnosticReport: diagnosticReport,
  DocumentReference: documentReference,
  Encounter: encounter,
  FamilyMemberHistory: familyMemberHistory,
  ImagingStudy: imagingStudy,
  Immunization: immunization,
  ImmunizationRecommendation: immunizationRecommendation,
  Invoice: invoice,
  Media: media,
  Medication: medication,
  MedicationRequest: medicationRequest,
  MedicationStatement: medicationStatement,
  Organization: organization,
  Patient: patient,
  Practitioner: practitioner,
  PractitionerRole: practitionerRole,
  Procedure: procedure,
  ServiceRequest: serviceRequest,
  Specimen: specimen,
};

/** Shows a resource that was taken; in general words where its own renderer finds nothing to say. */
export function rendered(resource: FhirResource, view: View): Html | undefined {
  const type = resource.resourceType;
  // The table's type says that the row of a resource's type takes that resource.
  const render = Object.hasOwn(RENDERERS, type) ? (RENDERERS[type] as Renderer<FhirResource> | undefined) : undefined;
  return render?.(resource, view) ?? other(resource, view);
}
