// Every call a command makes fails once: each statement before it is sent, each commit before it is made, each answer after it was made, each file and
// each key. Nothing may be left half done, nothing be called done that is not, and the same thing asked again goes through, once.
import { sql, type KyselyPlugin } from 'kysely';
import { createHash } from 'node:crypto';
import type { Verdict } from '#tests/torture/harness.ts';
import { conviction, verdictOf } from '#tests/torture/harness.ts';
import { chainComplaints, fileComplaints, seatComplaints } from '#tests/torture/invariants.ts';
import { openTarget } from '#tests/torture/engine.ts';
import { onBothEngines } from '#tests/torture/places.ts';
import type { Storage } from '#storage/schema.ts';

/** A fault that was planted: the command must not take it for an answer. */
class PlantedFault extends Error { override name = 'PlantedFault'; }

/** Counts calls and lets one of them fail. */
export type Trigger = {
  /** Counts a call; throws when its turn has come. */
  readonly call: (what: string) => void;
  /** What failed; undefined when there were fewer calls. */
  readonly hit: () => string | undefined;
  /** How many commits held. */
  readonly commits: () => number;
};

/** A trigger for one turn; `committed` is told of every commit that holds. */
export function triggerAt(turn: number): Trigger & { readonly committed: () => void } {
  let [count, commits]: [number, number] = [0, 0];
  let hit: string | undefined;
  return {
    call: (what) => {
      count += 1;
      if (count !== turn) return;
      hit = what;
      throw new PlantedFault(what);
    },
    hit: () => hit, commits: () => commits, committed: () => { commits += 1; },
  };
}

/** The storage with a trigger at every statement, before every commit and after it. */
export function brokenStorage(storage: Storage, trigger: ReturnType<typeof triggerAt>): Storage {
  const plugin = (where: string): KyselyPlugin => ({
    transformQuery: ({ node }) => { trigger.call(`${where} ${node.kind}`); return node; },
    transformResult: async ({ result }) => result,
  });
  return {
    ...storage,
    read: storage.read.withPlugin(plugin('read')),
    write: async (work) => {
      const result = await storage.write(async (tx) => {
        const done = await work(tx.withPlugin(plugin('write')));
        trigger.call('commit');
        return done;
      });
      trigger.committed();
      trigger.call('the answer of a commit');
      return result;
    },
  };
}

/** An object whose every method has the trigger in front of it. */
export const brokenPort = <Port extends object>(port: Port, name: string, trigger: Trigger): Port => new Proxy(port, {
  get: (target, key) => {
    const found: unknown = Reflect.get(target, key);
    return typeof found === 'function' ? (...given: unknown[]): unknown => { trigger.call(`${name}.${String(key)}`); return Reflect.apply(found, target, given); } : found;
  },
});

/** What stands in every table, as one hash a table. */
export async function contentsOf({ engine, read }: Storage): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = engine === 'sqlite' ? await sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`.execute(read)
    : await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`.execute(read);
  const contents = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(read);
    contents.set(name, createHash('sha256').update(rows.map((row) => JSON.stringify(row)).toSorted().join('\n')).digest('hex'));
  }
  return contents;
}

const changedTables = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] => [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);

/** One thing a person does: made ready anew for every fault, then done, once under the fault and once without. */
export type UseCase = {
  readonly name: string;
  /** Makes ready what it needs; `again` is the same asked a second time (the same key, the same form). Answers whether it was done. */
  readonly prepare: (storage: Storage) => Promise<{
    readonly act: (storage: Storage, trigger: Trigger) => Promise<Attempted>;
    /** What is wrong beyond the tables after a fault that nothing was written by. */
    readonly leftovers?: () => Promise<readonly string[]>;
  }>;
  /** Whether it is done in steps of their own and done anew when asked again: signing in uses up a code and opens another session. */
  readonly mayRepeat?: boolean;
  /** What must hold of the records once every call has failed; the seats, the files and the chain of what was done unless said. */
  readonly afterwards?: (storage: Storage) => Promise<readonly string[]>;
};
/** `done` whether it was done now or before; `refused` with a reason otherwise. */
export type Attempted = { readonly done: boolean; readonly reason?: string };

export const attempted = (outcome: { readonly ok: boolean; readonly reason?: string }): Attempted => (outcome.ok ? { done: true } : { done: false, ...(outcome.reason === undefined ? {} : { reason: outcome.reason }) });

async function faultAt(storage: Storage, { name, prepare, mayRepeat = false }: UseCase, turn: number): Promise<{ readonly over: boolean; readonly complaints: readonly string[] }> {
  const { act, leftovers } = await prepare(storage);
  const before = await contentsOf(storage);
  const trigger = triggerAt(turn);
  const outcome = await act(brokenStorage(storage, trigger), trigger).then((said) => ({ said }), (fault: unknown) => ({ fault }));
  const hit = trigger.hit();
  const what = `${name}, call ${String(turn)} (${hit ?? 'none'})`;
  if (hit === undefined) {
    const undone = 'said' in outcome && outcome.said.done ? [] : [`${what}: not done without any fault: ${'said' in outcome ? outcome.said.reason ?? '' : String(outcome.fault)}`];
    return { over: true, complaints: [...undone, ...(trigger.commits() > 1 && !mayRepeat ? [`${what}: ${String(trigger.commits())} commits where one belongs together`] : [])] };
  }
  const complaints: string[] = [];
  const after = await contentsOf(storage);
  const changed = changedTables(before, after);
  const isLate = trigger.commits() > 0;
  if ('said' in outcome && outcome.said.done && changed.length === 0) complaints.push(`${what}: said to be done, and nothing was written`);
  if (!isLate && !('said' in outcome && outcome.said.done)) {
    if (changed.length > 0) complaints.push(`${what}: left something in ${changed.join(', ')}`);
    complaints.push(...(await leftovers?.() ?? []).map((line) => `${what}: ${line}`));
  }
  const again = await act(storage, triggerAt(0)).catch((fault: unknown): Attempted => ({ done: false, reason: String(fault) }));
  if (!again.done) complaints.push(`${what}: asked again it is not done: ${again.reason ?? ''}`);
  const twice = changedTables(after, await contentsOf(storage));
  if (isLate && !mayRepeat && changed.length > 0 && twice.length > 0) complaints.push(`${what}: it was done, and done again it changed ${twice.join(', ')}`);
  return { over: false, complaints };
}

const usual = async (storage: Storage): Promise<readonly string[]> => [...await seatComplaints(storage), ...await chainComplaints(storage), ...(storage.engine === 'sqlite' ? await fileComplaints(storage) : [])];
const mostCalls = 400;

/** Lets every call of a use case fail once, `every` so many calls apart. */
export async function tryFaults(storage: Storage, useCase: UseCase, every = 1): Promise<{ readonly calls: number; readonly complaints: readonly string[] }> {
  const complaints: string[] = [];
  for (let turn = 1; turn <= mostCalls; turn += every) {
    const one = await faultAt(storage, useCase, turn);
    complaints.push(...one.complaints);
    if (one.over) return { calls: turn - 1, complaints: [...complaints, ...(await (useCase.afterwards ?? usual)(storage)).map((line) => `${useCase.name}: afterwards ${line}`)] };
  }
  return { calls: mostCalls, complaints: [...complaints, `${useCase.name}: more than ${String(mostCalls)} calls`] };
}

/** Two commands that are wrong on purpose: the harness must see both. */
async function convictions(storage: Storage, useCase: UseCase): Promise<readonly Verdict[]> {
  let row = 0;
  const twoSteps: UseCase = { name: 'in two transactions', prepare: async () => ({ act: async (broken) => {
    for (const kind of ['one', 'two']) await broken.write((tx) => tx.insertInto('jurisdiction_revision').values({ jurisdiction_code: `${kind}${String(row += 1)}`, revision: 1 }).execute());
    return { done: true };
  } }) };
  const swallowing: UseCase = { ...useCase, name: 'swallowing', prepare: async (given) => { const ready = await useCase.prepare(given); return { ...ready, act: (broken, trigger) => ready.act(broken, trigger).catch(() => ({ done: true })) }; } };
  return [conviction('two transactions where one was promised', (await tryFaults(storage, twoSteps)).complaints), conviction('a fault taken for success', (await tryFaults(storage, swallowing)).complaints)];
}

/** Every use case on both engines, in a database of its own; briefly, every fifth call fails on SQLite and every eleventh on PostgreSQL. */
export const failCalls = (useCases: () => readonly UseCase[], quick: boolean, say: (line: string) => void, postgresUrl?: string): Promise<readonly Verdict[]> => onBothEngines(async ({ engine, fresh }) => {
  const verdicts: Verdict[] = [];
  const within = async <Result>(work: (storage: Storage) => Promise<Result>): Promise<Result> => {
    const storage = await openTarget(await fresh());
    try {
      return await work(storage);
    } finally {
      await storage.close();
    }
  };
  for (const useCase of useCases()) {
    const { calls, complaints } = await within((storage) => tryFaults(storage, useCase, quick ? (engine === 'sqlite' ? 5 : 11) : 1));
    say(`  ${engine} ${useCase.name}: ${String(calls)} calls, ${String(complaints.length)} complaints`);
    for (const line of complaints.slice(0, 5)) say(`      ${line}`);
    verdicts.push(verdictOf(`${useCase.name} on ${engine}, its calls failing one at a time`, complaints, `${String(calls)} calls`));
  }
  const [first] = useCases();
  return engine === 'sqlite' && first ? [...verdicts, ...await within((storage) => convictions(storage, first))] : verdicts;
}, postgresUrl);
