import { issue } from './issue.js';
import type { Issue } from './issue.js';
import { written } from './json-path.js';
import type { Trail } from './json-path.js';
import { RULES } from './rules.js';
import type { RuleName } from './rules.js';

/** Collects issues along a walk. */
export class Report {
  readonly issues: Issue[] = [];
  readonly trail: Trail = [];
  hasErrors = false;
  /** Type of the resource the walk is in. */
  resourceType: string;

  /** @param root what paths begin with: the type of the resource that is looked at */
  constructor(private readonly root: string) {
    this.resourceType = root;
  }

  /** @param below steps from where the walk stands to the element that is meant */
  add(rule: RuleName, below: readonly (string | number)[] = [], expected?: string): void {
    const trail = [...this.trail, ...below];
    const element = trail.filter((step) => typeof step === 'string').at(-1) ?? this.resourceType;
    if (RULES[rule].severity === 'error') this.hasErrors = true;
    this.issues.push(
      issue(rule, {
        path: written(this.root, trail),
        resourceType: this.resourceType,
        element,
        ...(expected !== undefined && { expected }),
      }),
    );
  }

  /** Speaks of another resource until `walk` is done. */
  inResource(type: string, walk: () => void): void {
    const outer = this.resourceType;
    this.resourceType = type;
    walk();
    this.resourceType = outer;
  }
}
