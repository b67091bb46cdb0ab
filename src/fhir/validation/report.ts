import { issue } from './issue.js';
import type { Issue } from './issue.js';
import { written } from './json-path.js';
import type { Trail } from './json-path.js';
import type { RuleName } from './rules.js';

/** Collects issues along a walk. */
export class Report {
  readonly issues: Issue[] = [];
  readonly trail: Trail = [];
  /** Type of the resource the walk is in. */
  resourceType = 'Bundle';

  /** @param below steps from where the walk stands to the element that is meant */
  add(rule: RuleName, below: readonly (string | number)[] = [], expected?: string): void {
    const trail = [...this.trail, ...below];
    const element = trail.filter((step) => typeof step === 'string').at(-1) ?? this.resourceType;
    this.issues.push(
      issue(rule, {
        path: written(trail),
        resourceType: this.resourceType,
        element,
        ...(expected !== undefined && { expected }),
      }),
    );
  }

  /** Walks on below `step`. */
  within(step: string | number, walk: () => void): void {
    this.trail.push(step);
    walk();
    this.trail.pop();
  }

  /** Speaks of another resource until `walk` is done. */
  inResource(type: string, walk: () => void): void {
    const outer = this.resourceType;
    this.resourceType = type;
    walk();
    this.resourceType = outer;
  }
}
