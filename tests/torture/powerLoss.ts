// The plug is pulled, a thousand times: a storm of bookings is run once under strace, and from the log of its writes and
// flushes disks are made as a power loss at any moment could have left them. kill -9 cannot show this: the kernel lives on.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSlots, openTarget, type Target } from '#tests/torture/engine.ts';
import { makeDisk } from '#tests/torture/diskModel.ts';
import { chanceOf, conviction, verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints } from '#tests/torture/invariants.ts';
import { lossComplaints, readJournal } from '#tests/torture/journal.ts';
import type { Plant } from '#tests/torture/plants.ts';
import { readCalls, straceArguments } from '#tests/torture/systemCalls.ts';
import { root } from '#tests/torture/workers.ts';

const databaseName = 'storm.sqlite';
const journalName = 'journal';
const shared = (name: string): boolean => name.endsWith('-shm');
const perLane = (quick: boolean): number => (quick ? 30 : 100);
const lanes = 3;

/** Why strace cannot be used here; undefined when it can. */
function straceTrouble(): string | undefined {
  const tried = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', process.execPath, '-e', '0'], { encoding: 'utf8' });
  if (tried.error) return 'there is no strace (Debian: apt-get install -y strace)';
  return tried.status === 0 ? undefined : `strace may not trace here: ${tried.stderr.trim().split('\n')[0] ?? ''}`;
}

/** Runs a storm under strace in `folder`; its journal is a file there, so that acknowledgements stand in the log among the flushes. */
async function record(folder: string, log: string, of: Target, slots: readonly string[], count: number): Promise<void> {
  const journal = openSync(join(folder, journalName), 'w');
  const child = spawn('strace', [...straceArguments(log), process.execPath, join(import.meta.dirname, 'storm.ts')], { cwd: root, stdio: ['pipe', journal, 'inherit'] });
  child.stdin?.end(`${JSON.stringify({ target: of, lanes, count, seed: 1, slots })}\n`);
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve); });
  closeSync(journal);
  if (code !== 0) throw new Error(`the recorded storm ended with ${String(code)}`);
}

type Images = { readonly complaints: readonly string[]; readonly images: number; readonly losing: number; readonly acknowledged: number; readonly flushes: number; readonly writes: number };

/** Makes `wanted` images at moments spread over the log and opens each with the program's own storage. */
async function replay(folder: string, log: string, before: ReadonlyMap<string, Buffer>, wanted: number, enough: number, say: Bench['say']): Promise<Images> {
  const chance = chanceOf(wanted);
  const complaints: string[] = [];
  let [total, flushes, writes] = [0, 0, 0];
  for await (const call of readCalls(log, folder)) {
    total += 1;
    if (call.file === journalName || shared(call.file)) continue;
    if (call.kind === 'flush') flushes += 1;
    if (call.kind === 'write') writes += 1;
  }
  const moments = Array.from({ length: wanted }, () => 1 + Math.floor(chance() * total)).toSorted((one, other) => one - other);
  const disk = makeDisk(before);
  const place = join(folder, '..', 'image');
  let [at, made, losing, said] = [0, 0, 0, ''];
  for await (const call of readCalls(log, folder)) {
    at += 1;
    if (call.file === journalName && call.kind === 'write') said += call.bytes.toString();
    else if (!shared(call.file)) disk.take(call);
    while (moments[made] === at && losing < enough) {
      made += 1;
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      for (const [name, bytes] of disk.image(chance)) writeFileSync(join(place, name), bytes);
      const found = await inspect({ engine: 'sqlite', file: join(place, databaseName) }, said);
      if (found.length > 0) losing += 1;
      complaints.push(...found.slice(0, 3).map((complaint) => `power lost at call ${at} of ${total}: ${complaint}`));
      if (made % 250 === 0) say(`  ${made} of ${wanted} images, ${losing} lost something`);
    }
  }
  return { complaints, images: made, losing, acknowledged: readJournal(said).filter(({ answer }) => answer?.ok).length, flushes, writes };
}

/** Complaints of one image. */
async function inspect(of: Target, said: string): Promise<readonly string[]> {
  try {
    const storage = await openTarget(of);
    try {
      return [...await lossComplaints(storage, readJournal(said)), ...await allComplaints(storage)];
    } finally {
      await storage.close();
    }
  } catch (fault) {
    return [`does not open: ${String(fault)}`];
  }
}

async function recordAndReplay(plant: Plant | undefined, quick: boolean, wanted: number, enough: number, say: Bench['say']): Promise<Images> {
  // Memory, where there is some: a thousand small files are written and read.
  const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tuoyu-power-'));
  const [folder, log] = [join(base, 'data'), join(base, 'calls')];
  try {
    mkdirSync(folder);
    const file = join(folder, databaseName);
    const of: Target = { engine: 'sqlite', file };
    const storage = await openTarget(of);
    const slots = await makeSlots(storage, Array.from({ length: 20 }, (_, index) => (index % 4 === 3 ? 6 : 500)));
    await storage.close();
    const before = new Map([[databaseName, readFileSync(file)]]);
    await record(folder, log, plant === undefined ? of : { ...of, plant }, slots, perLane(quick));
    say(`  recorded ${Math.round(statSync(log).size / 1_000_000)} MB of system calls`);
    return await replay(folder, log, before, wanted, enough, say);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Images of a power loss with the program as it is, and with the setting that loses bookings. */
export async function losePower(quick: boolean, images: number, say: Bench['say']): Promise<readonly Verdict[]> {
  const trouble = straceTrouble();
  if (trouble !== undefined) return [{ what: 'power loss', result: 'SKIPPED', detail: `NOTHING IS PROVED about a power loss here: ${trouble}` }];
  const sound = await recordAndReplay(undefined, quick, images, Number.POSITIVE_INFINITY, say);
  const idle = sound.flushes < sound.acknowledged ? [`${sound.flushes} flushes for ${sound.acknowledged} acknowledged operations`] : [];
  const normal = await recordAndReplay('synchronous-normal', quick, Math.min(images, 200), Number.POSITIVE_INFINITY, say);
  return [
    verdictOf(`sqlite: ${sound.images} images of a power loss`, [...sound.complaints, ...idle], `${sound.losing} lose anything; ${sound.acknowledged} acknowledged operations, ${sound.writes} writes, ${sound.flushes} flushes`),
    conviction(`synchronous-normal: ${normal.losing} of ${normal.images} images lose something`, normal.complaints),
  ];
}

/** Power loss. */
export const powerLoss: Torture = {
  name: 'power-loss', about: 'images of a power loss from a log of system calls: 0 of 1,000 lose an acknowledged booking; the same harness convicts synchronous=NORMAL',
  run: ({ quick, say }) => losePower(quick, quick ? 60 : 1000, say),
};
