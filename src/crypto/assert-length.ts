/** @throws RangeError naming both lengths, so that a wrong split or a stripped leading zero shows at once */
export function assertLength(what: string, bytes: Uint8Array, expected: number): void {
  if (bytes.length !== expected) {
    throw new RangeError(`${what} is ${bytes.length} bytes long; it must be ${expected} bytes`);
  }
}
