// Readers and bookings for ten minutes: memory, open files and the log of the database do not grow.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conviction, verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { askPage, atRate, memoryOf, wrongSignIn } from '#tests/torture/load.ts';
import { hasPages, startSite } from '#tests/torture/site.ts';

/** MB an hour; the noise of a collector on a short run is allowed for beside it. */
const slopeLimit = 5;
type Sample = { readonly minutes: number; readonly megabytes: number };

/** How fast a line through the samples rises, in MB an hour (least squares). */
export function slopeOf(samples: readonly Sample[]): number {
  const [x, y] = [samples.reduce((sum, { minutes }) => sum + minutes, 0) / samples.length, samples.reduce((sum, { megabytes }) => sum + megabytes, 0) / samples.length];
  const over = samples.reduce((sum, one) => sum + (one.minutes - x) * (one.megabytes - y), 0);
  return (60 * over) / samples.reduce((sum, one) => sum + (one.minutes - x) ** 2, 0);
}

/** Complaints about a course of memory. The lowest of each third counts: what a collector leaves, not what it has yet to do. */
export function growthComplaints(samples: readonly Sample[]): readonly string[] {
  const third = Math.floor(samples.length / 3);
  const lows = [samples.slice(third, 2 * third), samples.slice(2 * third)].map((part) => part.toSorted((one, other) => one.megabytes - other.megabytes)[0]);
  const [before, after] = lows;
  if (!before || !after) return ['too few samples'];
  const grown = after.megabytes - before.megabytes;
  // A run of ten minutes cannot tell 5 MB an hour from the noise; 12 MB more than before at the lowest is growth.
  return grown > 12 && slopeOf(samples.slice(third)) > slopeLimit ? [`memory grew by ${grown.toFixed(1)} MB between thirds, ${slopeOf(samples.slice(third)).toFixed(0)} MB an hour`] : [];
}

const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** So many minutes at a rate. */
export async function soakFor(minutes: number, perSecond: number, { say }: Pick<Bench, 'say'>): Promise<readonly Verdict[]> {
  const skipped = (why: string): readonly Verdict[] => [{ what: 'soak', result: 'SKIPPED', detail: `NOTHING IS PROVED about a long run here: ${why}` }];
  if (!hasPages()) return skipped('the pages are not built');
  if (memoryOf(process.pid) === undefined) return skipped('there is no /proc');
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-soak-'));
  try {
    const site = await startSite(dataDir, { LOG_LEVEL: 'error' });
    try {
      const samples: Sample[] = [];
      const [steps, complaints] = [30, new Array<string>()];
      let files = 0;
      for (let step = 0; step < steps; step += 1) {
        const [pages] = await Promise.all([atRate(perSecond, (minutes * 60_000) / steps, (number) => askPage(site, step * 10_000 + number)), atRate(1, (minutes * 60_000) / steps, (number) => wrongSignIn(site, step * 100 + number))]);
        if (pages.some(({ status }) => status !== 200)) complaints.push(`a page did not come in step ${step}`);
        samples.push({ minutes: ((step + 1) * minutes) / steps, megabytes: memoryOf(site.pid) ?? Infinity });
        if (step === 9) files = openFiles(site.pid);
        if (step % 10 === 9) say(`  ${((step + 1) * minutes / steps).toFixed(1)} min: ${samples.at(-1)?.megabytes.toFixed(0) ?? ''} MB, ${openFiles(site.pid)} open files`);
      }
      if (openFiles(site.pid) > files + 10) complaints.push(`${openFiles(site.pid)} open files, ${files} before`);
      const log = statSync(join(dataDir, 'demo.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0;
      if (log > 64e6) complaints.push(`the log of the database has ${Math.round(log / 1e6)} MB`);
      complaints.push(...growthComplaints(samples));
      return [verdictOf(`${minutes} minutes at ${perSecond} pages a second`, complaints, `memory ${samples.map(({ megabytes }) => megabytes.toFixed(0)).filter((_, at) => at % 6 === 5).join(' → ')} MB, last two thirds rise ${slopeOf(samples.slice(10)).toFixed(0)} MB an hour; ${openFiles(site.pid)} open files; log of ${(log / 1e6).toFixed(1)} MB`)];
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Soak. */
export const soak: Torture = {
  name: 'soak', about: 'ten minutes of readers: memory, open files and the log of the database do not grow',
  run: async (bench) => [
    conviction('memory that grows', growthComplaints(Array.from({ length: 30 }, (_, at) => ({ minutes: at, megabytes: 200 + at * 3 })))),
    ...await soakFor(bench.quick ? 0.5 : 10, bench.quick ? 20 : 50, bench),
  ],
};
