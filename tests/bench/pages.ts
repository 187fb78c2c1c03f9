import type { Figure } from '#tests/bench/figures.ts';
import { differentSearches, type Seeded } from '#tests/bench/seed.ts';
import { load, type Server } from '#tests/bench/servers.ts';

const connections = 32;
const [warmUpSeconds, seconds] = [7, 6];
const wanted = { atLeast: 1000 };

async function measurePage(server: Server, name: string, paths: readonly string[], isWorst: boolean): Promise<readonly Figure[]> {
  const send = (first: number) => ({ kind: 'get' as const, paths: [...paths], first });
  const warm = await load(server, { connections, seconds: warmUpSeconds, send: send(0) });
  const full = await load(server, { connections, seconds, send: send(warm.next) });
  const rate = Math.max(1, Math.floor(full.perSecond / 2));
  const half = await load(server, { connections, seconds, rate, send: send(full.next) });
  const detail = `p99 ${full.p99} ms when saturated${full.perCpuSecond === undefined ? '' : `, ${Math.round(full.perCpuSecond)} per processor second of the server`}`;
  return [
    { name, value: full.perSecond, unit: 'requests/s', ...(isWorst ? {} : { target: wanted }), detail },
    { name: `${name}, p99 at half of that rate`, value: half.p99, unit: 'ms', ...(isWorst ? {} : { target: { below: 50 } }), detail: `${rate} requests/s asked, ${Math.round(half.perSecond)} answered, p50 ${half.p50} ms` },
  ];
}

/** Indexes below `count` as people draw them: the n-th of them n times as seldom as the first (Zipf), the same sequence in every run. */
export function drawn(count: number, length: number): readonly number[] {
  const sums: number[] = [];
  for (let index = 0, sum = 0; index < count; index += 1) {
    sum += 1 / (index + 1);
    sums.push(sum);
  }
  const total = sums.at(-1) ?? 0;
  let state = 20_261_122;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const point = (state / 2_147_483_648) * total;
    return Math.max(0, sums.findIndex((sum) => sum >= point));
  });
}

/**
 * List and institution page in three ways: one address from memory; as a place is visited (searches drawn as people
 * draw them, all institutions in turn), where the shell's memory holds what it can; and rendered anew for every
 * request, the worst that can come and no target, since no place is visited so.
 */
export async function measurePages(server: Server, seeded: Seeded, add: (figure: Figure) => void): Promise<void> {
  const list = `/${seeded.place.slug}/institutions/`;
  const searches = differentSearches(seeded, 4000).map((search) => `${list}?q=${encodeURIComponent(search)}`);
  const ids = seeded.institutions.map(({ id }) => id);
  const [first = ''] = ids;
  // The page ignores `round`; its address is another one all the same.
  const visits = Array.from({ length: 5 }, (_, round) => ids.map((id) => `${list}${id}/?round=${round}`)).flat();
  const measured: readonly (readonly [string, readonly string[]])[] = [
    ['List page, one address from memory', [list]],
    [`List page, ${new Set(searches).size} searches as people draw them`, drawn(searches.length, 50_000).map((index) => searches[index] ?? list)],
    [`List page, rendered anew (${new Set(searches).size} searches in turn)`, searches],
    ['Institution page, one address from memory', [`${list}${first}/`]],
    [`Institution page, all ${ids.length} in turn`, ids.map((id) => `${list}${id}/`)],
    [`Institution page, rendered anew (${new Set(visits).size} addresses)`, visits],
  ];
  for (const [name, paths] of measured) for (const figure of await measurePage(server, name, paths, name.includes('rendered anew'))) add(figure);
}
