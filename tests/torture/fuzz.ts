// Nonsense for every route of the build and of the JSON interface, from nobody and from every role, over real HTTP:
// no answer is a fault, none speaks English or as a program, none hangs, and the records still add up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reach } from '#tests/torture/crawl.ts';
import { pick } from '#tests/torture/fuzzBodies.ts';
import { apiInput, pageInput, type Ground, type Input } from '#tests/torture/fuzzInputs.ts';
import { complaintsAbout, hangMs } from '#tests/torture/fuzzJudge.ts';
import { chanceOf, conviction, verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { chainComplaints, fileComplaints, hourComplaints, seatComplaints } from '#tests/torture/invariants.ts';
import { cookiesOfRoles } from '#tests/torture/roles.ts';
import { apiRoutes, builtRoutes, type ApiRoute, type PageRoute } from '#tests/torture/routes.ts';
import { hasPages, openVisits, startSite, type Site } from '#tests/torture/site.ts';
import { sendBytes, type Raw } from '#tests/torture/wireRequest.ts';
import { openSqlite } from '#storage/sqlite.ts';

/** Forms here sign people out, lock them out or close the site: theirs come last. */
const comesLast = /^\/(?:sign-out|account|office\/accounts.*|office\/sign-ins|office\/incident)$/;
const limitMs = 15_000;
type Grounds = ReadonlyMap<string, Ground>;
type Plan = { readonly pages: readonly PageRoute[]; readonly apis: readonly ApiRoute[] };
type Tally = { readonly complaints: string[]; readonly statuses: Map<string, number>; readonly times: number[]; inputs: number; slow: number };

/** Whoever reaches the route, mostly; now and then anybody at all. */
function roleFor(chance: () => number, route: PageRoute | undefined, grounds: Grounds): string {
  const all = [...grounds.keys()];
  const within = route === undefined ? [] : all.filter((role) => grounds.get(role)?.reach.status.get(route.route) === 200);
  return pick(chance, within.length > 0 && chance() < 0.8 ? within : all, 'nobody');
}

async function ask(site: Site, { bytes, hangUp }: Input): Promise<Raw> {
  const raw = await sendBytes(site.port, bytes, limitMs, hangUp);
  if (raw.ms <= hangMs || raw.late || hangUp !== undefined) return raw;
  // A busy machine is no fault of the program's: what is slow thrice is slow.
  const again = [await sendBytes(site.port, bytes, limitMs), await sendBytes(site.port, bytes, limitMs)];
  return { ...raw, ms: Math.min(raw.ms, ...again.map(({ ms }) => ms)) };
}

async function flood(site: Site, plan: Plan, grounds: Grounds, count: number, seed: number, tally: Tally): Promise<void> {
  const routes = plan.pages.length + plan.apis.length;
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let at = next++; at < count; at = next++) {
      const chance = chanceOf(seed * 1_000_003 + at);
      const [page, api] = [plan.pages[at % routes], plan.apis[(at % routes) - plan.pages.length]];
      const role = roleFor(chance, page, grounds);
      const ground = grounds.get(role);
      const input = !ground ? undefined : page ? pageInput(chance, ground, page) : api ? apiInput(chance, ground, api) : undefined;
      if (!input) continue;
      const raw = await ask(site, input);
      tally.inputs += 1;
      tally.times.push(raw.ms);
      const status = String(raw.status ?? 'closed');
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
      const slow = raw.ms > hangMs ? [`took ${Math.round(raw.ms)} ms three times`] : [];
      for (const complaint of [...complaintsAbout(raw, { wordless: input.wordless ?? false, desk: / \/(?:office|portal)\//.test(input.what) }), ...slow]) tally.complaints.push(`input ${seed}/${at}, ${role}, ${input.what.slice(0, 120)}: ${complaint}`);
    }
  }));
}

/** What everybody's inputs are made of; `brief` follows fewer links. */
async function groundsOf(site: Site, dataDir: string, pages: readonly PageRoute[], brief: boolean): Promise<Grounds> {
  const { schemas } = await apiRoutes(site);
  const visits = (await openVisits(site, 2)).flat();
  const ids = [...new Set(visits.flatMap(({ id, institution }) => [id, institution]))].slice(0, 12);
  const grounds = new Map<string, Ground>();
  for (const [role, cookie] of await cookiesOfRoles(dataDir)) {
    grounds.set(role, { cookie, ids, schemas, origin: `http://127.0.0.1:${site.port}`, reach: await reach(site, cookie, pages, brief ? { each: 1, most: 90 } : { each: 3, most: 260 }) });
  }
  return grounds;
}

async function stillSignedIn(site: Site, grounds: Grounds): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const [role, { cookie }] of grounds) {
    if (!cookie.includes('__Host-sid')) continue;
    const { status } = await site.ask('GET', '/account/', { headers: { cookie } });
    if (status !== 200) lost.push(`${role} was no longer signed in (${status}), so that the guard was tortured and not what is behind it`);
  }
  return lost;
}

async function torment(site: Site, dataDir: string, count: number, seed: number, { quick, say }: Bench): Promise<Tally & { readonly routes: number; readonly roles: number }> {
  const pages = builtRoutes();
  const { routes: apis } = await apiRoutes(site);
  const grounds = await groundsOf(site, dataDir, pages, quick);
  const reached = new Set([...grounds.values()].flatMap(({ reach: { status } }) => [...status].filter(([, one]) => one === 200).map(([route]) => route)));
  say(`  ${pages.length} routes of pages, ${apis.length} operations of the interface, ${grounds.size} roles; ${pages.filter(({ route }) => reached.has(route)).length} routes open to somebody by following links`);
  const tally: Tally = { complaints: [], statuses: new Map(), times: [], inputs: 0, slow: 0 };
  const [last, first] = [pages.filter(({ route }) => comesLast.test(route)), pages.filter(({ route }) => !comesLast.test(route))];
  await flood(site, { pages: first, apis }, grounds, count, seed, tally);
  tally.complaints.push(...await stillSignedIn(site, grounds));
  await flood(site, { pages: last, apis: [] }, grounds, Math.ceil(count / 40), seed + 1, tally);
  if ((await site.ask('GET', '/hebei/institutions/')).status !== 200) tally.complaints.push('afterwards the list of institutions does not open');
  const faults = site.output().split('\n').filter((line) => /"level":(?:50|60|"error"|"fatal")/.test(line));
  tally.complaints.push(...faults.slice(0, 5).map((line) => `the program wrote down a fault: ${line.slice(0, 1_200)}`));
  return { ...tally, routes: pages.length + apis.length, roles: grounds.size };
}

/** So many inputs from a seed against the whole program. */
export async function fuzzWith(count: number, seed: number, bench: Bench): Promise<readonly Verdict[]> {
  if (!hasPages()) return [{ what: 'nonsense for every route', result: 'SKIPPED', detail: 'NOTHING IS PROVED about nonsense here: the pages are not built' }];
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-fuzz-'));
  try {
    const site = await startSite(dataDir, { LOG_LEVEL: 'error' });
    let done: Awaited<ReturnType<typeof torment>>;
    try {
      done = await torment(site, dataDir, count, seed, bench);
    } finally {
      await site.stop();
    }
    const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
    done.complaints.push(...await seatComplaints(storage), ...await hourComplaints(storage), ...await chainComplaints(storage), ...await fileComplaints(storage));
    await storage.close();
    const times = done.times.toSorted((one, other) => one - other);
    for (const line of done.complaints.slice(0, 60)) bench.say(`    ${line}`);
    const statuses = [...done.statuses].toSorted().map(([status, times_]) => `${times_} × ${status}`).join(', ');
    return [verdictOf(`nonsense for ${done.routes} routes from ${done.roles} roles, seed ${seed}`, done.complaints, `${done.inputs} inputs: ${statuses}; median ${Math.round(times[Math.floor(times.length / 2)] ?? 0)} ms, slowest ${Math.round(times.at(-1) ?? 0)} ms; the records add up`)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Answers that must be complained about. */
function plants(): readonly Verdict[] {
  const answer = (status: number, type: string, text: string, more: Partial<Raw> = {}): Raw => ({ status, head: `HTTP/1.1 ${status} X\r\nContent-Type: ${type}; charset=utf-8`, text, ms: 1, late: false, ...more });
  const planted: readonly (readonly [string, Raw])[] = [
    ['a fault', answer(500, 'text/html', '<p>系统出错了')], ['a stack', answer(200, 'text/html', '<p>出了问题\n    at read (file.ts:1:2)')], ['English', answer(404, 'text/html', '<p>找不到这个页面</p><p>The page was not found here')], ['markup given back', answer(200, 'text/html', '<p>您找的是<x-fuzz>')],
    ['an error of the database', answer(422, 'application/json', '{"title":"提交的内容有误","detail":"SqliteError: no such column"}')], ['no end', answer(200, 'text/html', '', { late: true })], ['a refusal without a word', { status: undefined, head: '', text: '', ms: 1, late: false }],
  ];
  return planted.map(([plant, raw]) => conviction(plant, complaintsAbout(raw)));
}

/** Nonsense. */
export const fuzz: Torture = {
  name: 'fuzz', about: 'ten thousand inputs nobody should send, for every route of the build and the JSON interface, from nobody and from every role: no fault, no English, no hang',
  run: async (bench) => [...plants(), ...await fuzzWith(bench.quick ? 1_000 : 10_000, 20_261_123, bench)],
};
