// kill -9 in the middle of eight writers, again and again: nothing acknowledged is lost, nothing is half done.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Storage } from '#storage/schema.ts';
import { createDatabase, startPostgres } from '#tests/postgres.ts';
import { depsOf, makeSlots, openTarget, perform, type Target } from '#tests/torture/engine.ts';
import { chanceOf, conviction, verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints, rowComplaints, seatComplaints } from '#tests/torture/invariants.ts';
import { lossComplaints, readJournal } from '#tests/torture/journal.ts';
import type { Places } from '#tests/torture/places.ts';
import { root } from '#tests/torture/workers.ts';

const writers = 8;
const patienceMs = 20_000;

type Stormer = { readonly begin: (orders: object) => void; readonly spoke: Promise<void>; readonly kill: () => Promise<string> };

/** A storm process, loaded and waiting for its orders. */
function startStormer(): Stormer {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'storm.ts')], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const closed = new Promise<void>((resolve) => { child.once('close', () => { resolve(); }); });
  const spoke = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"answer"')) resolve();
    });
    void closed.then(resolve);
  });
  return {
    begin: (orders) => { child.stdin.write(`${JSON.stringify(orders)}\n`); },
    spoke,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      return said;
    },
  };
}

const later = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Waits until PostgreSQL has noticed that its killed clients are gone: what they had asked for is then written or not. */
async function settled(storage: Storage): Promise<void> {
  if (storage.engine === 'sqlite') return;
  for (const began = performance.now(); performance.now() - began < patienceMs; await later(5)) {
    const { rows } = await sql<{ busy: number }>`SELECT count(*)::int AS busy FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`.execute(storage.read);
    if (rows[0]?.busy === 0) return;
  }
  throw new Error('PostgreSQL still works for clients that were killed');
}

/** Kills so many times; stops early when `enough` complaints have come. */
export async function killRounds(of: Target, rounds: number, enough: number, say: Bench['say']): Promise<{ readonly complaints: readonly string[]; readonly acknowledged: number; readonly inFlight: number }> {
  const chance = chanceOf(rounds);
  const complaints: string[] = [];
  let [acknowledged, inFlight] = [0, 0];
  let slots: readonly string[] = [];
  // Two processes of four lanes; every tenth round eight processes of one.
  const processesOf = (round: number): number => (round % 10 === 9 ? writers : 2);
  const startAll = (round: number): readonly Stormer[] => Array.from({ length: processesOf(round) }, startStormer);
  let waiting = startAll(0);
  try {
    for (let round = 0; round < rounds && complaints.length < enough; round += 1) {
      const stormers = waiting;
      waiting = round + 1 < rounds ? startAll(round + 1) : [];
      if (round % 20 === 0) {
        const storage = await openTarget(of);
        slots = await makeSlots(storage, Array.from({ length: 20 }, (_, index) => (index % 4 === 3 ? 6 : 500)));
        await storage.close();
      }
      const lanes = writers / stormers.length;
      stormers.forEach(({ begin }, index) => { begin({ target: of, lanes, count: 900, seed: round * 8 + index, slots }); });
      await Promise.race([Promise.all(stormers.map(({ spoke }) => spoke)), later(patienceMs)]);
      await later(2 + chance() * 120);
      const journals = (await Promise.all(stormers.map(({ kill }) => kill()))).map(readJournal);
      const storage = await openTarget(of);
      try {
        await settled(storage);
        const deps = depsOf(storage);
        for (const journal of journals) {
          complaints.push(...await lossComplaints(storage, journal));
          acknowledged += journal.filter(({ answer }) => answer?.ok).length;
          // A parent whose answer never came sends the same again: one booking, whether the first had been written or not.
          for (const { operation } of journal.filter(({ operation: asked, answer }) => asked.do === 'book' && !answer)) {
            inFlight += 1;
            const again = await perform(deps, storage, operation);
            if (!again.ok && again.reason !== 'full') complaints.push(`asked again after the crash: ${again.reason}`);
          }
        }
        complaints.push(...await seatComplaints(storage, slots));
        if (round % 20 === 19 || of.plant !== undefined) complaints.push(...await rowComplaints(storage));
      } finally {
        await storage.close();
      }
      if (round % 20 === 19) say(`  ${round + 1} of ${rounds} rounds, ${acknowledged} acknowledged`);
    }
  } finally {
    await Promise.all(waiting.map(({ kill }) => kill()));
  }
  const storage = await openTarget(of);
  complaints.push(...await allComplaints(storage));
  await storage.close();
  return { complaints, acknowledged, inFlight };
}

/** kill -9 rounds on one engine, and the planted fault. */
async function killOn(engine: Target['engine'], fresh: Places['fresh'], rounds: number, plantRounds: number, say: Bench['say']): Promise<readonly Verdict[]> {
  const { complaints, acknowledged, inFlight } = await killRounds(await fresh(), rounds, Number.POSITIVE_INFINITY, say);
  const idle = acknowledged < rounds ? ['fewer acknowledged operations than rounds: the writers hardly wrote'] : [];
  const bad = await killRounds(await fresh('outbox-outside'), plantRounds, 1, say);
  return [
    verdictOf(`${engine}: kill -9 under ${writers} writers, ${rounds} rounds`, [...complaints, ...idle], `${acknowledged} acknowledged, ${inFlight} bookings in flight when killed and asked again`),
    conviction(`outbox-outside on ${engine}`, bad.complaints),
  ];
}

/** kill -9 rounds on SQLite, on a disk: what survives is asked here. */
export async function killOnSqlite(rounds: number, plantRounds: number, say: Bench['say']): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-killed-'));
  const fresh: Places['fresh'] = async (plant) => ({ engine: 'sqlite', file: join(folder, `${plant ?? 'sound'}.sqlite`), ...(plant === undefined ? {} : { plant }) });
  try {
    return await killOn('sqlite', fresh, rounds, plantRounds, say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same under PostgreSQL's clients; `postgresUrl` names a server that runs already. */
export async function killOnPostgres(rounds: number, plantRounds: number, say: Bench['say'], postgresUrl?: string): Promise<readonly Verdict[]> {
  const server = postgresUrl === undefined ? await startPostgres() : { url: postgresUrl, stop: async () => undefined };
  const fresh: Places['fresh'] = async (plant) => ({ engine: 'postgres', url: await createDatabase(server.url), connections: writers / 2, ...(plant === undefined ? {} : { plant }) });
  try {
    return await killOn('postgres', fresh, rounds, plantRounds, say);
  } finally {
    await server.stop();
  }
}

/** kill -9. */
export const killed: Torture = {
  name: 'killed', about: 'kill -9 under 8 writers, 200 rounds on each engine: nothing acknowledged is lost, counters equal rows, messages equal rows, the audit chain verifies',
  run: async ({ quick, say }) => [...await killOnSqlite(quick ? 8 : 200, 40, say), ...await killOnPostgres(quick ? 8 : 200, 40, say)],
};
