// The program is told to end and is started again while parents book and read: away for less than a second, nothing acknowledged is lost.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints } from '#tests/torture/invariants.ts';
import { api, bookingOf, openVisits, receipt, startSite, type Site } from '#tests/torture/site.ts';
import { openSqlite } from '#storage/sqlite.ts';

/** On a machine that is busy with other things a second is what fifteen starts of an empty program take, which are below a second on an idle one. */
const [awayLimitMs, emptyStarts] = [1_000, 15];
const emptyStart = (): number => {
  const began = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - began;
};
type Watch = { readonly complaints: string[]; readonly acknowledged: Map<string, string>; readonly gaps: number[]; going: boolean; retried: number };

/** Asks for a page's data every 20 ms; the longest time between two answers is how long it was away. */
async function read(site: () => Site, watch: Watch): Promise<void> {
  for (let last = performance.now(); watch.going; await later(20)) {
    const status = await site().ask('GET', `${api}/institutions?size=1`).then((reply) => reply.status, () => 0);
    if (status === 200) {
      watch.gaps.push(performance.now() - last);
      last = performance.now();
    } else if (status !== 0 && status !== 503) watch.complaints.push(`reading answered ${status}`);
  }
}

/** Books one family after another; what fails is sent again under its key until it is answered. */
async function book(site: () => Site, slots: readonly string[], first: number, watch: Watch): Promise<void> {
  for (let number = first; watch.going; number += 1) {
    for (let tries = 0; tries < 400; tries += 1) {
      const reply = await site().ask('POST', `${api}/bookings`, { json: bookingOf(slots[number % slots.length] ?? '', number), headers: { 'idempotency-key': `restarts-${number}` } }).catch(() => undefined);
      if (reply && reply.status < 500) {
        if (reply.status === 201) {
          const { reference, queryCode } = receipt.parse(JSON.parse(reply.text));
          watch.acknowledged.set(reference, queryCode);
        } else if (reply.status !== 409) watch.complaints.push(`a booking answered ${reply.status}`);
        break;
      }
      if (reply && reply.status !== 503) watch.complaints.push(`a booking answered ${reply.status}`);
      watch.retried += 1;
      await later(25);
    }
    await later(15);
  }
}

/** Makes the invented institutions of a stopped demonstration ordinary ones and answers the environment of a site that serves the public, started as `npm start` starts it: only a demonstration brings its samples up to date before it listens. */
async function asServing(dataDir: string, port: string): Promise<Readonly<Record<string, string>>> {
  const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
  await storage.write((tx) => tx.updateTable('institution').set({ sample: 0 }).execute());
  await storage.close();
  return { PORT: port, SITE_ORIGIN: `http://127.0.0.1:${port}`, DEMO: '0', DATABASE_URL: 'file:demo.sqlite', NODE_COMPILE_CACHE: join(dataDir, 'compiled'), MALLOC_ARENA_MAX: '1' };
}

/** So many restarts under load; how long it was away is judged where `timed`, on a machine that does nothing else. */
export async function restartWith(rounds: number, timed: boolean): Promise<readonly Verdict[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-restarts-'));
  const watch: Watch = { complaints: [], acknowledged: new Map(), gaps: [], going: true, retried: 0 };
  try {
    const prepared = await startSite(dataDir);
    const [port, slots] = [String(prepared.port), (await openVisits(prepared, 6)).flat().map(({ id }) => id)];
    await prepared.stop();
    const serving = await asServing(dataDir, port);
    let site = await startSite(dataDir, serving);
    const [away, empty] = [new Array<number>(), new Array<number>()];
    try {
      const load = Promise.all([read(() => site, watch), ...[1, 2, 3].map((one) => book(() => site, slots, one * 100_000, watch))]);
      for (let round = 0; round < rounds; round += 1) {
        await later(700);
        watch.gaps.length = 0;
        await site.stop();
        site = await startSite(dataDir, serving);
        await later(400);
        empty.push(emptyStart());
        away.push(Math.max(...watch.gaps));
      }
      watch.going = false;
      await load;
      for (const [reference, queryCode] of watch.acknowledged) {
        const { status } = await site.ask('POST', `${api}/bookings/find`, { json: { reference, queryCode } });
        if (status !== 200) watch.complaints.push(`${reference} was acknowledged and answers ${status}`);
      }
    } finally {
      watch.going = false;
      await site.stop();
    }
    const sorted = away.toSorted((one, other) => one - other);
    const typical = sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
    const limit = Math.max(awayLimitMs, emptyStarts * (empty.toSorted((one, other) => one - other)[Math.floor(empty.length / 2)] ?? 0));
    if (timed && !(typical < limit)) watch.complaints.push(`away for ${Math.round(typical)} ms where ${Math.round(limit)} were allowed`);
    if (watch.acknowledged.size < rounds) watch.complaints.push(`only ${watch.acknowledged.size} bookings: that is no load`);
    const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
    watch.complaints.push(...await allComplaints(storage));
    await storage.close();
    return [verdictOf(`${rounds} restarts under load`, watch.complaints, `${watch.acknowledged.size} bookings acknowledged and found again, ${watch.retried} sent again; away for ${sorted.map((ms) => Math.round(ms)).join(', ')} ms (an empty program starts in ${empty.map((ms) => Math.round(ms)).join(', ')} ms)`)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Restarts. */
export const restarts: Torture = { name: 'restarts', about: 'ended and started again under load: less than a second away, nothing acknowledged is lost, what is sent again is done once', run: ({ quick }) => restartWith(quick ? 2 : 8, !quick) };
