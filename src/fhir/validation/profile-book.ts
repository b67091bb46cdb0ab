import { compileProfile } from './compile-profile.js';
import type { FindBinding } from './compile-shapes.js';
import type { Profile } from './profile-row.js';
import type { Shape, Shapes, Target } from './shape.js';

const R4_BASE = 'http://hl7.org/fhir/StructureDefinition/';

/** Base R4 and the profiles of one source, by URL: ids such as `Patient` are R4's and NRCeS's alike. */
export class ProfileBook {
  private readonly profiles: ReadonlyMap<string, Profile>;
  private readonly compiled = new Map<string, Shape>();

  constructor(
    readonly base: Shapes,
    profiles: readonly Profile[],
    private readonly findBinding: FindBinding,
  ) {
    this.profiles = new Map(profiles.map((profile) => [profile.url, profile]));
  }

  knows(url: string): boolean {
    return this.profiles.has(url);
  }

  typeOf(url: string): string | undefined {
    return this.profiles.get(url)?.resourceType;
  }

  /** Compiled when first asked for: most documents need a third of them. */
  readonly shapeOf = (url: string): Shape | undefined => {
    const profile = this.profiles.get(url);
    const done = this.compiled.get(url);
    if (profile === undefined || done !== undefined) return done;
    const parent = profile.parent === undefined ? undefined : this.shapeOf(profile.parent);
    const start = parent ?? this.base.get(profile.resourceType);
    if (start === undefined) throw new Error(`${url} constrains ${profile.resourceType}, which R4 does not know.`);
    const shape = compileProfile(url, profile.rows, start, {
      findBinding: this.findBinding,
      findTarget: (target) => this.targetNamed(target),
    });
    this.compiled.set(url, shape);
    return shape;
  };

  /** Whether a resource that satisfies one profile satisfies another by that alone. */
  isBuiltOn(url: string, other: string): boolean {
    for (let next: string | undefined = url; next !== undefined; next = this.profiles.get(next)?.parent) {
      if (next === other) return true;
    }
    return false;
  }

  private targetNamed(url: string): Target | undefined {
    const profile = this.profiles.get(url);
    if (profile !== undefined) return { resourceType: profile.resourceType, profile: url };
    const type = url.slice(url.lastIndexOf('/') + 1);
    // A profile that is not at hand is judged by its type, as far as its name tells.
    return type === 'Resource' || !this.base.has(type) ? undefined : { resourceType: type, profile: undefined };
  }
}

/** The R4 type a URL of HL7's own stands for. */
export function r4TypeNamed(url: string): string | undefined {
  return url.startsWith(R4_BASE) ? url.slice(R4_BASE.length) : undefined;
}
