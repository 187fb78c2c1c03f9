// Booking under load: the share of the shell, the wait at half of saturation, open times, and all of it again with a
// million bookings in the table. `node tests/bench/bookings.ts [bookings]` runs it alone.
import SQLite from 'better-sqlite3';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Comparison } from '#tests/bench/compare.ts';
import { watchDisk } from '#tests/bench/disk.ts';
import type { Figure } from '#tests/bench/figures.ts';
import { writeBookings } from '#tests/bench/million.ts';
import type { Seeded } from '#tests/bench/seed.ts';
import { load, runtimeMemory, shellEnv, startServerProcess, type Server } from '#tests/bench/servers.ts';

const [warmUpSeconds, seconds, rounds] = [7, 6, 6];
const connections = 16;

const startShell = (dataDir: string): Promise<Server> => startServerProcess(['--max-semi-space-size=4', join('src', 'server', 'main.ts')], shellEnv(dataDir));
// The same settings of the runtime as the shell has, so that only the way to the query differs.
const startBare = (file: string, code: string): Promise<Server> =>
  startServerProcess(['--max-semi-space-size=4', '--heap-growing-percent=20', join(import.meta.dirname, 'bareBooking.ts'), file, code], runtimeMemory);

const detailOf = ({ ours, bare, rounds: told }: Comparison): string => `medians ${Math.round(ours)}/s vs ${Math.round(bare)}/s; ${told.join('; ')}`;

/** The institutions with the most open times, as a parent finds them on a page with four weeks of them. */
function slotPaths(file: string, { place }: Seeded): readonly string[] {
  const db = new SQLite(file, { readonly: true });
  const ids = db.prepare<[string, number], { institution_id: string }>('SELECT institution_id FROM slot WHERE jurisdiction_code = ? AND kind = \'visit\' AND starts_at > ? GROUP BY institution_id HAVING count(*) >= 20 LIMIT 24').all(place.code, Date.now());
  db.close();
  if (ids.length === 0) throw new Error('no institution has twenty open times');
  return ids.map(({ institution_id }) => `/api/v1/${place.slug}/institutions/${institution_id}/slots`);
}

/** Every measurement takes families of its own, so that none meets a child booked before. */
const familiesApart = 2_000_000;

/**
 * Measures on copies of `database`, which is closed and holds the program's own samples; `folder` is left to the caller
 * to remove.
 */
export async function measureBookings(folder: string, database: string, seeded: Seeded, add: (figure: Figure) => void, say: (line: string) => void, many = 1_000_000): Promise<void> {
  const { place, slots } = seeded;
  const copy = (name: string): string => {
    const dataDir = join(folder, name);
    mkdirSync(dataDir, { recursive: true });
    cpSync(database, join(dataDir, 'demo.sqlite'));
    return dataDir;
  };
  const [few, full] = [copy('few'), copy('full')];
  const paths = slotPaths(database, seeded);
  let measured = 0;
  const booking = () => {
    measured += 1;
    const offset = measured * familiesApart;
    return (server: Server) => ({
      server, jobFrom: (first: number, time: number) => ({ connections, seconds: time, send: { kind: 'book' as const, path: `/api/v1/${place.slug}/bookings`, slots: [...slots], first: Math.max(first, offset), run: `${String(process.pid)}-${offset}` } }),
    });
  };
  const asking = () => (server: Server) => ({ server, jobFrom: (first: number, time: number) => ({ connections, seconds: time, send: { kind: 'get' as const, paths: [...paths], first } }) });

  const bareFile = join(copy('bare'), 'demo.sqlite');
  const bare = await startBare(bareFile, place.code);
  const shell = await startShell(few);
  try {
    say('Open times, shell and bare in turn: about 70 s');
    const open = asking();
    const compared = await compare(open(shell), open(bare), rounds);
    add({ name: 'Open times of an institution over HTTP / the same query behind bare node:http', value: compared.ratio, unit: '×', target: { atLeast: 0.8 }, detail: detailOf(compared) });
    say('Bookings as fast as they go, then at half of that: about 20 s');
    const book = booking()(shell);
    const warm = await load(shell, book.jobFrom(0, warmUpSeconds));
    const saturated = await load(shell, book.jobFrom(warm.next, seconds));
    const rate = Math.max(1, Math.floor(saturated.perSecond / 2));
    const disk = await watchDisk(join(few, 'disk.bin'));
    const half = await load(shell, { ...book.jobFrom(saturated.next, seconds), rate });
    const wait = await disk.stop();
    add({ name: 'Booking, p99 at half of saturation', value: half.p99, unit: 'ms', target: { below: 50 }, detail: `${rate} bookings/s asked, ${Math.round(half.perSecond)} answered, p50 ${half.p50.toFixed(1)} ms; saturated ${Math.round(saturated.perSecond)}/s with p99 ${saturated.p99} ms; 4 KB onto the same disk meanwhile: p50 ${wait.p50.toFixed(1)}, p99 ${wait.p99.toFixed(1)} ms` });
  } finally {
    await bare.stop();
  }
  try {
    say(`Writing ${many} bookings: two minutes for a million`);
    const began = performance.now();
    const written = writeBookings(join(full, 'demo.sqlite'), place.code, many, Date.now());
    say(`${written} bookings written in ${Math.round((performance.now() - began) / 1000)} s`);
    const large = await startShell(full);
    try {
      for (const [what, sideOf] of [['Booking', booking()], ['Open times of an institution', asking()]] as const) {
        say(`${what}, many rows and few in turn: about 70 s`);
        const compared = await compare(sideOf(large), sideOf(shell), rounds);
        add({ name: `${what} with ${written} bookings in the table / with few`, value: compared.ratio, unit: '×', target: { atLeast: 0.8 }, detail: detailOf(compared) });
      }
    } finally {
      await large.stop();
    }
  } finally {
    await shell.stop();
  }
}

if (import.meta.main) {
  const { collectFigures } = await import('#tests/bench/figures.ts');
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { loadavg } = await import('node:os');
  const { seedDatabase } = await import('#tests/bench/seed.ts');
  const { root } = await import('#tests/bench/servers.ts');
  const { compareBooking } = await import('#tests/bench/ratios.ts');
  const began = performance.now();
  const say = (line: string): void => { process.stdout.write(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${line}\n`); };
  mkdirSync(join(root, '.local'), { recursive: true });
  const folder = mkdtempSync(join(root, '.local', 'bookings-'));
  try {
    say(`Load average before: ${loadavg().map((value) => value.toFixed(1)).join(' ')}`);
    const dataDir = join(folder, 'data');
    const database = join(dataDir, 'demo.sqlite');
    const seeded = await seedDatabase(database, 'hebei', 800);
    await (await startShell(dataDir)).stop(); // adds the program's own samples
    const { add } = collectFigures(say);
    const [own, copied] = [join(folder, 'own'), join(folder, 'copied.sqlite')];
    mkdirSync(own);
    cpSync(database, join(own, 'demo.sqlite'));
    cpSync(database, copied);
    const shell = await startShell(own);
    try {
      say('Bookings, shell and bare in turn: about 70 s');
      for (const figure of await compareBooking(shell, copied, seeded)) add(figure);
    } finally {
      await shell.stop();
    }
    await measureBookings(folder, database, seeded, add, say, Number(process.argv[2] ?? 1_000_000));
    say(`Load average after: ${loadavg().map((value) => value.toFixed(1)).join(' ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
