import type { ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import { CODE_SYSTEMS } from '../../terminology/systems.js';

const NRCES = 'https://nrces.in/ndhm/fhir/r4';

/** `system` and its codes; a whole system when none are listed. */
function from(system: string, codes?: string): ValueSetComposeInclude {
  return { system, ...(codes !== undefined && { concept: codes.split(' ').map((code) => ({ code })) }) };
}

/**
 * The NRCeS value sets that are bound as extensible, which is the strictest the guide does.
 * Source: guide 6.5.0, ValueSet resources.
 */
const CODES = {
  'ndhm-identifier-type-code': [
    from(
      CODE_SYSTEMS.ndhmIdentifierType,
      'ADN CLN DCF CCF SID AL SCC PSC FF KP NIN NHRR PMJAY ROHINI ABHA CGHS ECHS HPID RCN VID BPL BIC SLR TRC OIN HIN ' +
        'HPIN ODN CFG CFE CFP IGA CFUA CFC HSN',
    ),
    from(CODE_SYSTEMS.identifierType),
  ],
  'ndhm-vital-signs': [from(CODE_SYSTEMS.loinc, '61008-9 9279-1 8867-4 2708-6 85354-9')],
  'ndhm-body-measurement': [from(CODE_SYSTEMS.loinc, '39156-5 29463-7 8302-2 56074-8 8280-0 56072-2')],
  'ndhm-physical-activity': [from(CODE_SYSTEMS.loinc, '55423-8 93832-4 41981-2 80493-0')],
  'ndhm-general-assessment': [
    from(CODE_SYSTEMS.loinc, '2339-0 41604-0 14743-9 14760-3 73708-0 34534-8 8999-5 9052-2 69429-9 94122-9 8693-4'),
    from(CODE_SYSTEMS.snomed, '365275006'),
  ],
  'ndhm-women-health': [from(CODE_SYSTEMS.loinc, '11976-8 92656-8 42798-9 42802-9 8665-2')],
  'ndhm-lifestyle': [from(CODE_SYSTEMS.snomed, '228273003 365981007 228509002 41829006')],
  'ndhm-invoice-types': [from(`${NRCES}/CodeSystem/ndhm-billing-codes`, '00 01 02 03 99')],
  'ndhm-chargeitem-types': [from(`${NRCES}/CodeSystem/ndhm-billing-codes`, '00 01 02 03 04 05 06 07 08 99')],
  'ndhm-price-components': [from(`${NRCES}/CodeSystem/ndhm-price-components`, '00 01 02 03 04')],
} as const satisfies Record<string, readonly ValueSetComposeInclude[]>;

export type ValueSetName = keyof typeof CODES;

export function valueSetUrl(name: ValueSetName): string {
  return `${NRCES}/ValueSet/${name}`;
}

export const VALUE_SETS: readonly ValueSet[] = (Object.keys(CODES) as ValueSetName[]).map((name) => ({
  resourceType: 'ValueSet',
  status: 'active',
  url: valueSetUrl(name),
  compose: { include: [...CODES[name]] },
}));
