import type { Feed } from './feed.js';
import type { Stage } from './stage.js';

export interface ImportResult {
  readonly ok: boolean;
  readonly visit?: { readonly id: string; readonly state: string };
  readonly problem?: { readonly code: string };
}

/** Posts the day, a stream a facility, as e-Hospital would. Resolves with a result for each line. */
export async function postTheDay(feed: Feed, stage: Stage): Promise<readonly ImportResult[]> {
  const fallback = feed.facilities[0]?.hfrId;
  const byFacility = new Map<string, string[]>();
  feed.lines.forEach((line, index) => {
    // A line of no facility we know goes in with the first key: the adapter has to say what is wrong with it.
    const hfrId = feed.facilityOfLine[index] ?? fallback;
    if (hfrId === undefined) throw new Error('No line of the feed names a facility; is it a feed of visits?');
    byFacility.set(hfrId, [...(byFacility.get(hfrId) ?? []), line]);
  });
  const results = await Promise.all(
    [...byFacility].map(([hfrId, lines]) => importLines(stage, stage.keys.get(hfrId) ?? '', lines)),
  );
  return results.flat();
}

/**
 * Lines that were not answered (the adapter died) are sent again: what was stored already answers "unchanged", so
 * sending twice is the whole of what a hospital has to know about recovery.
 */
async function importLines(stage: Stage, key: string, lines: readonly string[]): Promise<ImportResult[]> {
  const results: ImportResult[] = [];
  for (let attempt = 1; results.length < lines.length; attempt++) {
    if (attempt > 60) throw new Error('The adapter did not take the feed within a minute');
    try {
      const answer = await fetch(`${stage.adapterUrl}/api/v1/visits/import`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', 'x-api-key': key },
        body: lines.slice(results.length).join('\n'),
      });
      if (!answer.ok) throw new Error(`The adapter answered ${answer.status}`);
      let rest = '';
      for await (const chunk of answer.body ?? []) {
        const parts = (rest + Buffer.from(chunk as Uint8Array).toString('latin1')).split('\n');
        rest = parts.pop() ?? '';
        results.push(...parts.map((part) => JSON.parse(Buffer.from(part, 'latin1').toString()) as ImportResult));
      }
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
  return results;
}
