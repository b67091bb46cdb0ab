import type { Config } from '../../support/config.js';
import { AbhaServiceError } from './abha-service-error.js';

/** Names the programme under which a government client may enrol. @throws AbhaServiceError when none is registered */
export function benefitHeader(config: Config): Readonly<Record<string, string>> {
  const { ABHA_BENEFIT_NAME: name, ABHA_BENEFIT_HEADER: header } = config;
  if (name === undefined) throw new AbhaServiceError('not-entitled');
  return { [header]: name };
}
