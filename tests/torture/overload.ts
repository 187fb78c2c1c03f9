// Three hundred sockets that never come to an end and two hundred sign-ins a second: a parent's page is still there within a second.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { conviction, verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { askPage, atRate, memoryOf, p99, slowSockets, wrongSignIn } from '#tests/torture/load.ts';
import { hasPages, startSite, type Site } from '#tests/torture/site.ts';
import type { Raw } from '#tests/torture/wireRequest.ts';

type Size = { readonly sockets: number; readonly signIns: number; readonly pages: number; readonly ms: number };
const pageLimitMs = 1_000;
const memoryLimit = 800;

/** Complaints about what came back while all of it went on. */
export function complaintsOf(pages: readonly Raw[], signIns: readonly Raw[], memory: number | undefined): readonly string[] {
  const lost = pages.filter(({ status }) => status !== 200);
  const wrong = signIns.filter(({ status, late }) => late || status === undefined || (status >= 500 && status !== 503) || status < 400);
  const unkind = signIns.filter(({ status, head }) => status === 503 && !/^retry-after: \d+/im.test(head));
  return [
    ...(p99(pages) < pageLimitMs ? [] : [`99 of 100 pages took up to ${Math.round(p99(pages))} ms`]),
    ...(lost.length === 0 ? [] : [`${lost.length} pages did not come (${String(lost[0]?.status)})`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} sign-ins were answered wrongly or not at all (${String(wrong[0]?.status)})`]),
    ...(unkind.length === 0 ? [] : [`${unkind.length} sign-ins were sent away without being told when to come back`]),
    ...(memory === undefined || memory < memoryLimit ? [] : [`${Math.round(memory)} MB in memory`]),
  ];
}

async function round(site: Site, { sockets, signIns, pages, ms }: Size): Promise<{ readonly complaints: readonly string[]; readonly told: string }> {
  const slow = slowSockets(site, sockets);
  try {
    await later(500);
    const [seen, tried] = await Promise.all([atRate(pages, ms, (number) => askPage(site, number)), atRate(signIns, ms, (number) => wrongSignIn(site, number))]);
    const memory = memoryOf(site.pid);
    const counts = Map.groupBy(tried, ({ status }) => String(status));
    const stillOpen = slow.open();
    return {
      complaints: [...complaintsOf(seen, tried, memory), ...(stillOpen < sockets / 2 ? [`only ${stillOpen} slow sockets were open: nothing was proved`] : [])],
      told: `${seen.length} pages, 99 of 100 within ${Math.round(p99(seen))} ms, beside ${stillOpen} slow sockets and ${tried.length} sign-ins in ${ms / 1_000} s (${[...counts].map(([status, of]) => `${of.length} × ${status}`).join(', ')}); ${Math.round(memory ?? 0)} MB`,
    };
  } finally {
    slow.end();
  }
}

/** So many sockets, sign-ins and pages; on a busy machine the best of three rounds counts. */
export async function overloadWith(size: Size): Promise<readonly Verdict[]> {
  if (!hasPages()) return [{ what: 'overload', result: 'SKIPPED', detail: 'NOTHING IS PROVED about overload here: the pages are not built' }];
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-overload-'));
  try {
    const site = await startSite(dataDir, { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1', LOG_LEVEL: 'error' });
    try {
      await Promise.all(Array.from({ length: 20 }, (_, number) => askPage(site, number)));
      let { complaints, told } = await round(site, size);
      for (let again = 0; again < 2 && complaints.length > 0; again += 1) ({ complaints, told } = await round(site, size));
      const after = await site.ask('GET', '/healthz');
      return [verdictOf(`${size.sockets} slow sockets and ${size.signIns} sign-ins a second`, [...complaints, ...(after.status === 200 ? [] : [`afterwards the program answers ${after.status}`])], told)];
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const answer = (status: number, ms: number): Raw => ({ status, ms, head: `HTTP/1.1 ${status} X`, text: '', late: false });

/** Overload. */
export const overload: Torture = {
  name: 'overload', about: 'sockets that never end, sign-ins by the hundred: a page of parents stays below a second, memory stays bounded, nobody is cut off without a word',
  run: async ({ quick }) => [
    conviction('a page that takes long', complaintsOf([answer(200, 1_500)], [], 100)), conviction('sign-ins cut off', complaintsOf([answer(200, 5)], [{ ...answer(0, 1), status: undefined }], 100)), conviction('too much memory', complaintsOf([answer(200, 5)], [], 900)),
    ...await overloadWith(quick ? { sockets: 60, signIns: 40, pages: 20, ms: 4_000 } : { sockets: 300, signIns: 200, pages: 20, ms: 20_000 }),
  ],
};
