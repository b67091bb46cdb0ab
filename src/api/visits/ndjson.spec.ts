import { describe, expect, it } from '@jest/globals';
import { linesOf, type Line } from './ndjson.js';

async function* chunks(...texts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Promise.resolve(Buffer.from(text as string));
}

async function read(stream: AsyncIterable<unknown>, maxCharacters?: number): Promise<string[]> {
  const lines: string[] = [];
  let last = 0;
  for await (const line of linesOf(stream, maxCharacters)) {
    expect(line.number).toBe(last + 1);
    last = line.number;
    lines.push(line.kind === 'text' ? line.text : 'TOO LONG');
  }
  return lines;
}

describe('The lines of an import', () => {
  it('are the same however the bytes were cut', async () => {
    const bytes = Buffer.from('{"a":1}\nनमस्ते\n\n{"b":"é😀"}\n');
    for (let size = 1; size <= bytes.length; size++) {
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await read(chunks(...cut))).toEqual(['{"a":1}', 'नमस्ते', '', '{"b":"é😀"}']);
    }
  });

  it('include a last one without its end', async () => {
    expect(await read(chunks('one\ntw', 'o'))).toEqual(['one', 'two']);
  });

  it('are none in an empty file', async () => {
    expect(await read(chunks())).toEqual([]);
    expect(await read(chunks(''))).toEqual([]);
  });

  it('begin after the byte order mark, and nowhere else is one removed', async () => {
    expect(await read(chunks('\uFEFFone\n\uFEFFtwo'))).toEqual(['one', '\uFEFFtwo']);
  });

  it('that are too long are counted and skipped, wherever they stand and however they were cut', async () => {
    expect(await read(chunks('12345\n123456\n12345'), 5)).toEqual(['12345', 'TOO LONG', '12345']);
    expect(await read(chunks('123', '456', '789', '0\nab\n'), 5)).toEqual(['TOO LONG', 'ab']);
    expect(await read(chunks('ab\n', '123456', '7'), 5)).toEqual(['ab', 'TOO LONG']);
    expect(await read(chunks('123456', '\n', '\n', 'ab'), 5)).toEqual(['TOO LONG', '', 'ab']);
  });

  it('of 30 MB pass with one chunk in memory at a time', async () => {
    const row = `{"ADVICE":"${'a'.repeat(20_000)}"}\n`;
    const chunk = Buffer.from(row.repeat(3) + row.slice(0, 10_000));
    let sent = 0;
    const source = (async function* () {
      while (sent < 30 * 1024 * 1024) {
        sent += chunk.length;
        yield Promise.resolve(chunk);
      }
    })();
    let given = 0;
    let mostHeld = 0;
    for await (const line of linesOf(source) as AsyncGenerator<Extract<Line, { kind: 'text' }>>) {
      given += line.text.length + 1;
      mostHeld = Math.max(mostHeld, sent - given);
    }
    expect(given).toBeGreaterThan(29 * 1024 * 1024);
    expect(mostHeld).toBeLessThan(2 * chunk.length);
  });

  it('that never end are not kept', async () => {
    const source = (async function* () {
      for (let megabyte = 0; megabyte < 60; megabyte++) yield Promise.resolve(Buffer.alloc(1024 * 1024, 'a'));
    })();
    const before = process.memoryUsage().heapUsed;
    expect(await read(source, 5 * 1024 * 1024)).toEqual(['TOO LONG']);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40 * 1024 * 1024);
  });
});
