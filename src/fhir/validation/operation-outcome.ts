import type { OperationOutcome } from 'fhir/r4.js';
import type { Issue } from './issue.js';

/** Issues as FHIR tools expect them; a document without issues gives one `information`, since the list may not be empty. */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  if (issues.length === 0) {
    return {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information', code: 'informational', diagnostics: 'No issues found' }],
    };
  }
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity, path, rule, message }) => ({
      severity,
      code: severity === 'error' ? 'invalid' : 'informational',
      details: { text: message },
      diagnostics: rule,
      expression: [path],
    })),
  };
}
