import { readPageQuery } from '#domain/directory/readQuery.ts';
import { searchDirectory } from '#domain/directory/searchDirectory.ts';
import { dayOf, instant } from '#domain/shared/dates.ts';
import { makeDirectory } from '#server/directory.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { median, type Figure } from '#tests/bench/figures.ts';
import { dataFolder, differentSearches, type Seeded } from '#tests/bench/seed.ts';

const filters = ['', '&months=18', '&sort=fee', '&sort=free', '&band=toddler&mode=fullDay'];

/** Filtering and ranking in this process, over the listed institutions of the seeded place. */
export async function measureRanking(file: string, seeded: Seeded): Promise<readonly Figure[]> {
  const now = instant.parse(Date.now());
  const storage = await openSqlite(file, now);
  try {
    const directory = makeDirectory(storage, [seeded.place], dataFolder, () => dayOf(now));
    const began = performance.now();
    const snapshot = await directory.snapshot(seeded.place.code);
    const loadedMs = performance.now() - began;
    const listed = snapshot.entries.filter(({ group }) => group === 'listed').length;
    if (listed < 1000) throw new Error(`only ${listed} institutions are listed`);
    const searches = differentSearches(seeded, 60).flatMap((text, index) => [`q=${encodeURIComponent(text)}${filters[index % filters.length] ?? ''}`]);
    const timesOf = (written: readonly string[]): readonly number[] => {
      const queries = written.map((one) => readPageQuery(new URLSearchParams(one)));
      const times: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        for (const query of queries) {
          const start = performance.now();
          searchDirectory(snapshot, query);
          if (round >= 4) times.push(performance.now() - start); // the first rounds only warm up
        }
      }
      return times.toSorted((one, other) => one - other);
    };
    const figure = (name: string, times: readonly number[]): Figure =>
      ({ name: `Filter and rank in process, ${listed} listed, ${name}`, value: median(times), unit: 'ms (median)', detail: `p95 ${(times[Math.floor(times.length * 0.95)] ?? 0).toFixed(2)} ms` });
    return [
      figure('with words', timesOf(searches)),
      figure('without words', timesOf(filters.map((filter) => filter.replace(/^&/, '')))),
      { name: 'Snapshot of the directory from the database', value: loadedMs, unit: 'ms', detail: 'once for each revision and day' },
    ];
  } finally {
    await storage.close();
  }
}
