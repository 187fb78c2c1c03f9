import type { Figure } from '#tests/bench/figures.ts';
import { differentSearches, type Seeded } from '#tests/bench/seed.ts';
import { load, type Server } from '#tests/bench/servers.ts';

const connections = 32;
const [warmUpSeconds, seconds] = [7, 6];
const wanted = { atLeast: 1000 };

async function measurePage(server: Server, name: string, paths: readonly string[]): Promise<readonly Figure[]> {
  const send = (first: number) => ({ kind: 'get' as const, paths: [...paths], first });
  const warm = await load(server, { connections, seconds: warmUpSeconds, send: send(0) });
  const full = await load(server, { connections, seconds, send: send(warm.next) });
  const rate = Math.max(1, Math.floor(full.perSecond / 2));
  const half = await load(server, { connections, seconds, rate, send: send(full.next) });
  const detail = `p99 ${full.p99} ms when saturated${full.perCpuSecond === undefined ? '' : `, ${Math.round(full.perCpuSecond)} per processor second of the server`}`;
  return [
    { name, value: full.perSecond, unit: 'requests/s', target: wanted, detail },
    { name: `${name}, p99 at half of that rate`, value: half.p99, unit: 'ms', target: { below: 50 }, detail: `${rate} requests/s asked, ${Math.round(half.perSecond)} answered, p50 ${half.p50} ms` },
  ];
}

/** List and institution page, once from memory (the same address) and once rendered for every request (addresses that come again too late). */
export async function measurePages(server: Server, seeded: Seeded, add: (figure: Figure) => void): Promise<void> {
  const list = `/${seeded.place.slug}/institutions/`;
  const searches = differentSearches(seeded, 4000).map((search) => `${list}?q=${encodeURIComponent(search)}`);
  const ids = seeded.institutions.map(({ id }) => id);
  const [first = ''] = ids;
  // The page ignores `round`; its address is another one all the same.
  const visits = Array.from({ length: 5 }, (_, round) => ids.map((id) => `${list}${id}/?round=${round}`)).flat();
  const measured: readonly (readonly [string, readonly string[]])[] = [
    ['List page, from memory', [list]],
    [`List page, rendered (${new Set(searches).size} searches)`, searches],
    ['Institution page, from memory', [`${list}${first}/`]],
    [`Institution page, rendered (${new Set(visits).size} addresses)`, visits],
  ];
  for (const [name, paths] of measured) for (const figure of await measurePage(server, name, paths)) add(figure);
}
