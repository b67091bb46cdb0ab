import { isSafeXhtml } from './narrative.js';
import type { Primitive } from './primitives.js';
import type { Report } from './report.js';

/** @returns whether the value is sound, so that it may be compared with codes */
export function checkPrimitive(value: unknown, primitive: Primitive, typeName: string, report: Report): boolean {
  if (value === null || value === '') {
    report.add('empty');
    return false;
  }
  const fault = primitive.fault(value);
  if (fault !== undefined) {
    if (fault === 'type') report.add('wrong-type', [], primitive.json);
    else report.add('wrong-format', [], typeName);
    return false;
  }
  if (typeof value === 'string') {
    if (typeName === 'xhtml' && !isSafeXhtml(value)) report.add('unsafe-narrative');
    if ((typeName === 'string' || typeName === 'markdown') && hasControlCharacter(value)) {
      report.add('control-character');
    }
  }
  return true;
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}
