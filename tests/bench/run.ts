// `npm run bench`: how fast the built site is, on a database of its own. Ratios compare servers in one run and travel
// between machines; absolute values are this machine's, and lower while others work on it.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { measureBookings } from '#tests/bench/bookings.ts';
import { collectFigures, median } from '#tests/bench/figures.ts';
import { measurePages } from '#tests/bench/pages.ts';
import { measureRanking } from '#tests/bench/rank.ts';
import { compareBooking, compareStatic } from '#tests/bench/ratios.ts';
import { measureScale } from '#tests/bench/scale.ts';
import { compareEngines } from '#tests/bench/searchEngines.ts';
import { fieldWords, measureSearchField } from '#tests/bench/searchField.ts';
import { seedDatabase } from '#tests/bench/seed.ts';
import { root, shellEnv, startServerProcess } from '#tests/bench/servers.ts';
import { measureFirstPage } from '#tests/bench/transfer.ts';

const say = (line: string): void => { process.stdout.write(`${line}\n`); };

if (!existsSync(join(root, 'dist', 'server', 'entry.mjs'))) {
  say('There is no build: run "npm run build" first, or "npm run bench", which does.');
  process.exit(1);
}
const loadText = (): string => loadavg().map((value) => value.toFixed(1)).join(' ');
const figures = collectFigures(say);
mkdirSync(join(root, '.local'), { recursive: true });
const folder = mkdtempSync(join(root, '.local', 'bench-')); // on the disk that holds real records, for honest durability
const dataDir = join(folder, 'data');
const database = join(dataDir, 'demo.sqlite');
const start = () => startServerProcess([join('src', 'cli', 'bootstrap.mjs'), 'start'], shellEnv(dataDir));

try {
  say(`Load average before: ${loadText()}`);
  const seeded = await seedDatabase(database, 'hebei', 800);
  await (await start()).stop(); // adds the program's own samples and its key

  const starts: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const server = await start();
    starts.push(server.startedInMs / 1000);
    await server.stop();
  }
  figures.add({ name: 'Cold start on an existing build and database', value: median(starts), unit: 's', target: { below: 2 }, detail: starts.map((value) => value.toFixed(2)).join(', ') });
  for (const figure of await measureRanking(database, seeded)) figures.add(figure);
  const copied = join(folder, 'copy.sqlite');
  cpSync(database, copied); // closed twice over, so that nothing is left in its journal
  const untouched = join(folder, 'untouched.sqlite');
  cpSync(database, untouched);

  const shell = await startServerProcess(['--max-semi-space-size=4', join('src', 'server', 'main.ts')], shellEnv(dataDir));
  try {
    figures.add(await measureFirstPage(shell.port, seeded.place.slug));
    for (const figure of await measureSearchField(`http://127.0.0.1:${shell.port}`, seeded.place.slug, fieldWords(seeded))) figures.add(figure);
    await measurePages(shell, seeded, figures.add);
    for (const figure of await compareBooking(shell, copied, seeded)) figures.add(figure);
    const resident = shell.residentMb();
    if (resident !== undefined) figures.add({ name: 'Resident memory after all of it', value: resident, unit: 'MB', target: { below: 250 } });
  } finally {
    await shell.stop();
  }
  await measureBookings(folder, untouched, seeded, figures.add, say);
  for (const figure of await compareStatic(folder)) figures.add(figure);
  for (const figure of await compareEngines()) figures.add(figure);
  await measureScale(folder, say, figures.add);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`Load average after: ${loadText()}`);
if (!figures.write()) process.exitCode = 2;
say('Written to .local/bench.json');
