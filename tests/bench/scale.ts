import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { directoryQuery } from '#domain/directory/query.ts';
import { placeWordsOf, searchWide, type WideQuery, type WideSearch } from '#domain/directory/wideSearch.ts';
import type { Institution } from '#domain/directory/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { normalise } from '#domain/shared/tokens.ts';
import { makeVocabulary } from '#domain/shared/vocabulary.ts';
import { wideSearchStore } from '#server/wideSearch.ts';
import { loadRecords } from '#storage/directory.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';
import { openPostgres } from '#storage/postgres.ts';
import { renewDocuments, writeDocument } from '#storage/search/documents.ts';
import { openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import { median, type Figure } from '#tests/bench/figures.ts';
import { dataFolder } from '#tests/bench/seed.ts';
import { load, startServerProcess } from '#tests/bench/servers.ts';
import { drawn } from '#tests/bench/pages.ts';
import { makeCountry, seededNumbers, type Country } from '#tests/scale/country.ts';
import { loadCountry } from '#tests/scale/load.ts';
import { startPostgres } from '#tests/postgres.ts';

const today = isoDate.parse('2026-11-22');
type Written = Readonly<Record<string, string | readonly string[]>>;
type QueryClass = { readonly name: string; readonly scoped: boolean; readonly of: (one: Institution, at: number) => { readonly written: Written; readonly scope: 'place' | 'nearby' | 'country' } };

const nearOf = ({ point }: Institution): Written => ({ near: point ? `${point.lng.toFixed(3)},${point.lat.toFixed(3)}` : '116.400,39.900', crs: point?.crs ?? 'wgs84' });
const brandOf = ({ name }: Institution): string => Array.from(name).slice(-14, -10).join('');

/** What families ask; each class over institutions drawn at random. */
const classes: readonly QueryClass[] = [
  { name: 'a place, words', scoped: true, of: (one) => ({ written: { q: Array.from(one.name).slice(0, 5).join('') }, scope: 'place' }) },
  { name: 'a place, pinyin', scoped: true, of: (_, at) => ({ written: { q: ['jinpingguo', 'xtytyy', 'yangguang', 'tongxin'][at % 4] ?? '' }, scope: 'place' }) },
  { name: 'a place, filters', scoped: true, of: (_, at) => ({ written: { months: '20', ...(at % 2 === 0 ? { affordable: '1' } : { free: '1', mode: ['fullDay'] }), maxFee: '4000' }, scope: 'place' }) },
  { name: 'a radius, distance', scoped: true, of: (one) => ({ written: { ...nearOf(one), radius: '5000', sort: 'distance' }, scope: 'nearby' }) },
  { name: 'a radius, words, filters, distance', scoped: true, of: (one, at) => ({ written: { ...nearOf(one), radius: '5000', sort: 'distance', q: ['阳光', '幼儿园', '示例'][at % 3] ?? '', months: '20' }, scope: 'nearby' }) },
  { name: 'the country, a whole name', scoped: false, of: (one) => ({ written: { q: one.name }, scope: 'country' }) },
  { name: 'the country, the start of an address', scoped: false, of: (one) => ({ written: { q: Array.from(one.address ?? '').slice(0, 8).join('') }, scope: 'country' }) },
  { name: 'the country, a piece of a name', scoped: false, of: (one) => ({ written: { q: brandOf(one) }, scope: 'country' }) },
  { name: 'the country, a brand (thousands bear one)', scoped: false, of: (_, at) => ({ written: { q: ['金苹果', '小太阳', '花儿朵朵', '蒲公英', '启明星'][at % 5] ?? '' }, scope: 'country' }) },
  { name: 'the country, a brand in pinyin or initials', scoped: false, of: (_, at) => ({ written: { q: ['jinpingguo', 'hedd', 'pugongying', 'qimx'][at % 4] ?? '' }, scope: 'country' }) },
  { name: 'the country, a place and a brand', scoped: false, of: (one, at) => ({ written: { q: `${Array.from(one.address ?? '').slice(0, 3).join('')} ${['阳光', '金苹果', '童心'][at % 3] ?? ''}` }, scope: 'country' }) },
];

const rounds = 60;

const askedAbout = (one: Institution, at: number, { of }: QueryClass): WideQuery => {
  const { written, scope } = of(one, at);
  return { query: directoryQuery.parse(written), jurisdictions: scope === 'place' ? [one.jurisdiction] : null };
};

type Times = { readonly times: readonly number[]; readonly cpu: readonly number[]; readonly answered: number; readonly needScope: number };

async function timesOf(search: WideSearch, questions: readonly WideQuery[]): Promise<Times> {
  const [times, cpu]: [number[], number[]] = [[], []];
  let [answered, needScope] = [0, 0];
  for (const [index, question] of questions.entries()) {
    const [before, began] = [process.cpuUsage(), performance.now()];
    const outcome = await searchWide(search, question);
    const took = performance.now() - began;
    const used = process.cpuUsage(before);
    if (index < 10) continue; // warms up
    if (outcome.ok) answered += 1;
    else needScope += 1;
    times.push(took);
    cpu.push((used.user + used.system) / 1000);
  }
  return { times: times.toSorted((one, other) => one - other), cpu: cpu.toSorted((one, other) => one - other), answered, needScope };
}

const at95 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
const ms = (value: number): string => value.toFixed(2);

async function measureEngine(storage: Storage, { places, institutions }: Country, engine: string, add: (figure: Figure) => void): Promise<void> {
  const search: WideSearch = { store: wideSearchStore(storage), places: new Map(places.map((place) => [place.code, place])), vocabulary: await readVocabulary(join(dataFolder, 'search', 'synonyms.json')), today };
  const random = seededNumbers(11);
  const drawn = Array.from({ length: rounds + 10 }, () => institutions[Math.floor(random() * institutions.length)]).flatMap((one) => one ?? []);
  const all: Record<'scoped' | 'country', { readonly times: number[]; readonly cpu: number[] }> = { scoped: { times: [], cpu: [] }, country: { times: [], cpu: [] } };
  for (const one of classes) {
    const { times, cpu, answered, needScope } = await timesOf(search, drawn.map((about, at) => askedAbout(about, at, one)));
    const kind = all[one.scoped ? 'scoped' : 'country'];
    kind.times.push(...times);
    kind.cpu.push(...cpu);
    add({ name: `${engine}, ${one.name}, p95`, value: at95(times), unit: 'ms', detail: `p50 ${ms(median(times))}, max ${ms(times.at(-1) ?? 0)}; processor time p50 ${ms(median(cpu))}, p95 ${ms(at95(cpu))}; ${answered} answered, ${needScope} asked for a scope` });
  }
  for (const [kind, name, below] of [['scoped', 'a place or a radius', 5], ['country', 'the country, ranked', 40]] as const) {
    const [times, cpu] = [all[kind].times.toSorted((one, other) => one - other), all[kind].cpu.toSorted((one, other) => one - other)];
    add({ name: `${engine}, ${institutions.length} institutions in ${places.length} places: ${name}, p95 of all classes`, value: at95(times), unit: 'ms', target: { below }, detail: `p50 ${ms(median(times))}, max ${ms(times.at(-1) ?? 0)}; processor time p95 ${ms(at95(cpu))}` });
  }
}

/** 召回: of institutions whose texts hold a piece of text, how many the search of the country finds. */
async function measureRecall(storage: Storage, { places, institutions }: Country, add: (figure: Figure) => void): Promise<void> {
  const search: WideSearch = { store: wideSearchStore(storage), places: new Map(places.map((place) => [place.code, place])), vocabulary: makeVocabulary([]), today };
  const streets = new Map(places.flatMap(({ subdistricts }) => subdistricts.map(({ code, name }) => [String(code), name] as const)));
  const texts = institutions.map((one) => [one.name, ...one.aliases, one.address ?? '', streets.get(one.subdistrict ?? '') ?? ''].map(normalise));
  const random = seededNumbers(13);
  let [wanted, found, questions] = [0, 0, 0];
  while (questions < 60) {
    const lines = texts[Math.floor(random() * texts.length)] ?? [];
    const characters = Array.from(lines[Math.floor(random() * lines.length)] ?? '');
    const from = Math.floor(random() * characters.length);
    const piece = characters.slice(from, from + 2 + Math.floor(random() * 6)).join('');
    if (Array.from(piece).length < 2 || piece.includes(' ')) continue;
    const truth = institutions.filter((_, at) => texts[at]?.some((line) => line.includes(piece)));
    const ids = new Set<string>();
    for (let page = 1; ids.size < truth.length && page <= 20; page += 1) {
      const outcome = await searchWide(search, { query: directoryQuery.parse({ q: piece, size: '100', page: String(page) }), jurisdictions: null });
      if (!outcome.ok) break;
      for (const { found: { id } } of outcome.value.items) ids.add(id);
    }
    if (ids.size === 0 && truth.length > 1000) continue; // asks for a scope
    questions += 1;
    wanted += truth.length;
    found += truth.filter(({ id }) => ids.has(id)).length;
  }
  add({ name: `Recall against a substring truth over ${institutions.length} institutions`, value: found / wanted, unit: '', target: { atLeast: 1 }, detail: `${questions} pieces of names, aliases, addresses and streets, ${wanted} institutions` });
}

/** Searches of places and radii over HTTP, through the whole program, and the same in this process. */
async function measureHttp(dataDir: string, database: string, { places, institutions }: Country, storage: Storage, add: (figure: Figure) => void): Promise<void> {
  const slugs = new Map<string, string>(places.map(({ code, slug }) => [code, slug]));
  const scoped = classes.filter((one) => one.scoped);
  const questions = institutions.filter((_, at) => at % 15 === 0).slice(0, 4000).map((one, at) => ({ one, at, asks: scoped[at % scoped.length] })).flatMap(({ one, at, asks }) => (asks ? [{ one, at, asks }] : []));
  const paths = questions.map(({ one, at, asks }) => {
    const { written, scope } = asks.of(one, at);
    const parameters = new URLSearchParams(scope === 'place' ? { place: slugs.get(one.jurisdiction) ?? '' } : {});
    for (const [name, value] of Object.entries(written)) for (const each of typeof value === 'string' ? [value] : value) parameters.append(name, each);
    return `/api/v1/search?${parameters.toString()}`;
  });
  const search: WideSearch = { store: wideSearchStore(storage), places: new Map(places.map((place) => [place.code, place])), vocabulary: await readVocabulary(join(dataFolder, 'search', 'synonyms.json')), today };
  const asked = questions.map(({ one, at, asks }) => askedAbout(one, at, asks));
  const server = await startServerProcess(['--max-semi-space-size=4', join(import.meta.dirname, 'scaleServer.ts')], { DATA_DIR: dataDir, DATABASE_URL: `file:${database}`, PORT: '0', RATE_LIMITS: 'off', DEMO: '0', LOG_LEVEL: 'fatal', MALLOC_ARENA_MAX: '1', NOW: '2026-11-22T10:00:00+08:00' });
  try {
    // Another number of results a page is another address: no answer is in memory.
    const anew = Array.from({ length: 10 }, (_, round) => paths.map((path) => `${path}&size=${String(20 - round)}`)).flat();
    const asPeopleDraw = drawn(paths.length, 50_000).flatMap((index) => paths[index] ?? []);
    add({ name: 'Resident memory with the whole country, nothing asked yet', value: server.residentMb() ?? Number.NaN, unit: 'MB', target: { below: 250 } });
    const measure = async (asked: readonly string[]) => {
      const send = (first: number) => ({ kind: 'get' as const, paths: [...asked], first });
      const warm = await load(server, { connections: 16, seconds: 7, send: send(0) });
      return load(server, { connections: 16, seconds: 6, send: send(warm.next) });
    };
    const often = await measure(asPeopleDraw);
    const full = await measure(anew);
    const began = performance.now();
    for (const question of asked) await searchWide(search, question);
    const inProcess = asked.length / ((performance.now() - began) / 1000);
    add({ name: `Searches of a place or a radius over HTTP, ${String(paths.length)} as people draw them`, value: often.perSecond, unit: 'requests/s', target: { atLeast: 1000 }, detail: `p50 ${often.p50} ms, p99 ${often.p99} ms with 16 at once` });
    add({ name: 'The same, every answer made anew', value: full.perSecond, unit: 'requests/s', detail: `p50 ${full.p50} ms, p99 ${full.p99} ms with 16 at once; ${full.perCpuSecond === undefined ? '?' : Math.round(full.perCpuSecond)} per processor second of the server; the same in one process without HTTP: ${Math.round(inProcess)}/s, ratio ${(full.perSecond / inProcess).toFixed(2)}` });
    add({ name: 'Resident memory after them', value: server.residentMb() ?? Number.NaN, unit: 'MB', target: { below: 250 } });
  } finally {
    await server.stop();
  }
}

/** The same records in PostgreSQL, as many at once as a statement may carry. */
async function copyToPostgres(from: Storage, to: Storage, { places }: Country): Promise<void> {
  await renewDocuments(to, places.map((place) => ({ jurisdiction: place.code, areas: placeWordsOf(place) })), loadRecords);
  for (const { code } of places) {
    const rows = await from.read.selectFrom('institution').selectAll().where('jurisdiction_code', '=', code).execute();
    const records = await loadRecords(from.read, code);
    await to.write(async (tx) => {
      for (let at = 0; at < rows.length; at += 200) await tx.insertInto('institution').values(rows.slice(at, at + 200)).execute();
      for (const record of records) await writeDocument(tx, record);
    });
  }
  await sql`VACUUM ANALYZE`.execute(to.read); // as its own housekeeping does within minutes
}

/** Search of the whole country: in process on both engines, and over HTTP on SQLite. `folder` is left to the caller to remove. */
export async function measureScale(folder: string, say: (line: string) => void, add: (figure: Figure) => void): Promise<void> {
  const dataDir = join(folder, 'country');
  mkdirSync(dataDir, { recursive: true });
  const country = makeCountry();
  say(`Writing ${country.institutions.length} institutions…`);
  const storage = await openSqlite(join(dataDir, 'country.sqlite'), Date.now());
  try {
    const began = performance.now();
    await loadCountry(storage, country);
    add({ name: 'The country written into SQLite, index included', value: (performance.now() - began) / 1000, unit: 's' });
    await measureEngine(storage, country, 'SQLite', add);
    await measureRecall(storage, country, add);
    await measureHttp(dataDir, 'country.sqlite', country, storage, add);
    const server = await startPostgres().catch((fault: unknown) => {
      say(`PostgreSQL does not start here, so it is not measured: ${String(fault)}`);
      return undefined;
    });
    if (!server) return;
    try {
      const postgres = await openPostgres(server.url, Date.now());
      try {
        await copyToPostgres(storage, postgres, country);
        await measureEngine(postgres, country, 'PostgreSQL', add);
      } finally {
        await postgres.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await storage.close();
  }
}

if (import.meta.main) {
  const { collectFigures } = await import('#tests/bench/figures.ts');
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { root } = await import('#tests/bench/servers.ts');
  const { loadavg } = await import('node:os');
  const say = (line: string): void => { process.stdout.write(`${line}\n`); };
  mkdirSync(join(root, '.local'), { recursive: true });
  const folder = mkdtempSync(join(root, '.local', 'scale-'));
  try {
    say(`Load average before: ${loadavg().map((value) => value.toFixed(1)).join(' ')}`);
    await measureScale(folder, say, collectFigures(say).add);
    say(`Load average after: ${loadavg().map((value) => value.toFixed(1)).join(' ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
