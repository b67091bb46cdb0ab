import { issue } from './issue.js';
import type { Issue } from './issue.js';
import { written } from './json-path.js';
import type { Trail } from './json-path.js';
import { RULES } from './rules.js';
import type { RuleName } from './rules.js';

/** Of errors and of warnings. More nobody reads, and a hostile document of megabytes could make millions. */
const MOST = 200;

/** Ends the walk: the verdict is clear. */
class EnoughIssues extends Error {
  constructor() {
    super('The document has more errors than are listed');
    this.name = 'EnoughIssues';
  }
}

/** Collects issues along a walk. */
export class Report {
  readonly issues: Issue[] = [];
  readonly trail: Trail = [];
  private errors = 0;
  private warnings = 0;
  /** Type of the resource the walk is in. */
  resourceType: string;

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  /** @param root what paths begin with: the type of the resource that is looked at */
  constructor(private readonly root: string) {
    this.resourceType = root;
  }

  /**
   * @param below steps from where the walk stands to the element that is meant
   * @throws EnoughIssues when more errors were found than anybody reads
   */
  add(rule: RuleName, below: readonly (string | number)[] = [], expected?: string): void {
    if (RULES[rule].severity === 'warning') {
      this.warnings += 1;
      if (this.warnings > MOST) return;
    } else {
      this.errors += 1;
      if (this.errors > MOST) this.end();
    }
    const trail = [...this.trail, ...below];
    const element = trail.filter((step) => typeof step === 'string').at(-1) ?? this.resourceType;
    this.issues.push(
      issue(rule, {
        path: written(this.root, trail),
        resourceType: this.resourceType,
        element,
        ...(expected !== undefined && { expected }),
      }),
    );
  }

  private end(): never {
    this.issues.push(issue('more-issues', { path: this.root, resourceType: this.root, element: this.root }));
    throw new EnoughIssues();
  }

  /** Speaks of another resource until `walk` is done. */
  inResource(type: string, walk: () => void): void {
    const outer = this.resourceType;
    this.resourceType = type;
    walk();
    this.resourceType = outer;
  }
}

/** Walks on until the end, or until there are more errors than anybody reads. */
export function untilEnough(walk: () => void): void {
  try {
    walk();
  } catch (error) {
    if (!(error instanceof EnoughIssues)) throw error;
  }
}
