import type { LoggedMessage } from './abdm.js';
import { CannotGoOn, PrerequisiteMissing, type Evidence, type Notes, type Scene, type Theatre } from './scene.js';
import type { LeftOut } from './left-out.js';
import { LEFT_OUT_M1 } from './left-out-m1.js';
import { BOTH_MILESTONES, casesOf, type CaseId, type Milestone } from './sheets.js';
import type { TestCase } from './test-cases.js';
import { conversation, operationOf, shown } from './trail.js';
import { LEFT_OUT, type CaseResult, type Fact, type PlayedId } from './verdict.js';

type Played = Omit<CaseResult, keyof TestCase>;

const KEPT_CONTRACT = 'ABDM’s contract was kept all along (the simulator saw no breach)';

/**
 * Plays the scenes one after another, so that what ABDM logs meanwhile is theirs. A scene that cannot go on fails its cases
 * and no others; of one that lacks what it starts from they are not played.
 * @returns a result for every case of these milestones, in the order of their sheets
 */
export async function play(
  theatre: Theatre,
  scenes: readonly Scene[],
  say: (text: string) => void,
  milestones: readonly Milestone[] = BOTH_MILESTONES,
): Promise<readonly CaseResult[]> {
  const results = new Map<CaseId, Played>(
    Object.entries({ ...LEFT_OUT_M1, ...LEFT_OUT }).map(([id, one]: [string, LeftOut]) => [id as CaseId, leftOut(one)]),
  );
  for (const scene of scenes) {
    say(`  ${scene.title} …`);
    for (const [id, result] of await playScene(theatre, scene)) results.set(id, result);
  }
  return casesOf(milestones).map((one) => ({
    ...one,
    ...(results.get(one.id) ?? leftOut({ verdict: 'not played', why: 'It was left out of this run.' })),
  }));
}

async function playScene(theatre: Theatre, scene: Scene): Promise<ReadonlyMap<PlayedId, Played>> {
  const cases = Object.entries(scene.cases) as [PlayedId, Evidence][];
  if (theatre.hospital === undefined && scene.hospitalIsNeededFor !== undefined) {
    const result = leftOut({ verdict: 'not played', why: scene.hospitalIsNeededFor });
    return new Map(cases.map(([id]) => [id, result]));
  }
  const { abdm } = theatre;
  const startedAt = Date.now();
  const breachesBefore = (await abdm.violations()).length;
  const book = new NoteBook(() => abdm.messages(), startedAt);
  const end = await scene.play(theatre, book).then(
    () => undefined,
    (error: unknown) => (error instanceof PrerequisiteMissing ? error : sentence(error)),
  );
  if (end instanceof PrerequisiteMissing) {
    const result = leftOut({ verdict: 'not played', why: end.message });
    return new Map(cases.map(([id]) => [id, result]));
  }
  const rules = [...new Set((await abdm.violations()).slice(breachesBefore).map(({ rule }) => rule))];
  const contract: Fact = {
    says: rules.length === 0 ? KEPT_CONTRACT : `Breaches of ABDM’s contract: ${rules.join(', ')}`,
    isSo: rules.length === 0,
  };
  const messages = await book.trail();
  const times = { startedAt: new Date(startedAt).toISOString(), milliseconds: Date.now() - startedAt };
  return new Map(
    cases.map(([id, evidence]) => {
      const why = book.absent.get(id);
      if (why !== undefined) return [id, leftOut({ verdict: 'not played', why })];
      const broken: readonly Fact[] =
        end === undefined ? [] : [{ says: `The run came to an end: ${end}`, isSo: false }];
      const facts = [...(book.facts.get(id) ?? []), contract, ...broken];
      const named = messages.filter((one) => evidence === 'all' || evidence.includes(operationOf(one)));
      return [id, { ...judged(facts), ...times, facts, messages: named.map(shown) }];
    }),
  );
}

/** A case passes when everything that was looked at is as it must be, and something was. */
function judged(facts: readonly Fact[]): Pick<Played, 'verdict' | 'why'> {
  const wrong = facts.filter(({ isSo }) => !isSo).map(({ says }) => says);
  if (wrong.length > 0) return { verdict: 'failed', why: `Not so: ${wrong.join('; ')}` };
  // The contract’s fact is always there.
  if (facts.length < 2) return { verdict: 'failed', why: 'Nothing was looked at.' };
  return { verdict: 'passed', why: undefined };
}

const leftOut = ({ verdict, why }: LeftOut): Played => ({
  verdict,
  why,
  startedAt: undefined,
  milliseconds: undefined,
  facts: [],
  messages: [],
});

class NoteBook implements Notes {
  readonly facts = new Map<PlayedId, Fact[]>();
  readonly absent = new Map<PlayedId, string>();
  private readonly ids = new Set<string>();

  constructor(
    private readonly all: () => Promise<readonly LoggedMessage[]>,
    private readonly startedAt: number,
  ) {}

  fact(id: PlayedId, says: string, isSo: boolean): void {
    this.facts.set(id, [...(this.facts.get(id) ?? []), { says, isSo }]);
  }

  notPlayed(id: PlayedId, why: string): void {
    this.absent.set(id, why);
  }

  about(...ids: readonly (string | undefined)[]): void {
    for (const id of ids) if (id !== undefined) this.ids.add(id);
  }

  async messages(operation: string): Promise<readonly LoggedMessage[]> {
    return (await this.trail()).filter((one) => operationOf(one) === operation);
  }

  async trail(): Promise<readonly LoggedMessage[]> {
    const since = (await this.all()).filter(({ at }) => Date.parse(at) >= this.startedAt);
    return conversation(since, this.ids);
  }
}

/** Ours say what happened; a fault's own words may quote what was sent. */
function sentence(error: unknown): string {
  if (error instanceof CannotGoOn) return error.message;
  if (error instanceof Error && /^The (HIP|simulator) answered \d+ /.test(error.message)) return error.message;
  return `a fault (${error instanceof Error ? error.name : 'unknown'})`;
}
