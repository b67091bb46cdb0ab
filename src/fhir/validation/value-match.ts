import { isObject } from './json-path.js';

/** `fixed[x]`: the same, member for member. */
export function isSameValue(value: unknown, fixed: unknown): boolean {
  if (!isObject(fixed) && !Array.isArray(fixed)) return value === fixed;
  if (Array.isArray(fixed)) {
    return (
      Array.isArray(value) && value.length === fixed.length && fixed.every((each, at) => isSameValue(value[at], each))
    );
  }
  return (
    isObject(value) &&
    Object.keys(value).length === Object.keys(fixed).length &&
    Object.entries(fixed).every(([key, each]) => isSameValue(value[key], each))
  );
}

/** `pattern[x]`: at least what the pattern holds; of a list, one item for each of the pattern's. */
export function holdsPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((each) => value.some((item) => holdsPattern(item, each)));
  }
  if (!isObject(pattern)) return value === pattern;
  return isObject(value) && Object.entries(pattern).every(([key, each]) => holdsPattern(value[key], each));
}
