// The disk fills up while parents book: each is told so with 503 and when to come again, nothing acknowledged is lost,
// pages still read, and once there is room the program goes on by itself.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { z } from 'zod';
import { verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { allComplaints } from '#tests/torture/invariants.ts';
import { api, bookingOf, formOf, hasPages, openVisits, placeSlug, receipt, startSite, type Reply, type Site } from '#tests/torture/site.ts';
import { openSqlite } from '#storage/sqlite.ts';

// Room for the records above the 200 MB below which the program takes nothing new in.
const megabytes = 260;
/** How long the program may go by its last look at the free space. */
const looksAgainMs = 2_500;

/** Mounts a small disk in memory; answers why not when that is not permitted. */
function mountSmallDisk(folder: string): string | undefined {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder], { encoding: 'utf8' });
  return mounted.status === 0 ? undefined : `a small disk cannot be mounted here (${mounted.error?.message ?? mounted.stderr.trim()}); run it as root`;
}

/** Fills what is left of the disk. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (let size = 65_536; size >= 512; size /= 2) {
    const block = Buffer.alloc(size, 1);
    try {
      for (;;) if (writeSync(handle, block) < size) break;
    } catch {
      // No room for this size: a smaller one.
    }
  }
  closeSync(handle);
}

// A family an address: requests are counted on the same disk, and forty from one address would be refused for another reason.
const addressOf = (number: number): string => `10.${Math.floor(number / 65_536)}.${Math.floor(number / 256) % 256}.${number % 256}`;

type Said = { readonly complaints: string[]; readonly acknowledged: Map<string, string>; /** 投诉 that were received. */ readonly cases: Map<string, string>; refused: number };

/** Books by JSON until the disk refuses, at most `most` times. */
async function bookUntilRefused(site: Site, slots: readonly string[], first: number, most: number, said: Said): Promise<Reply | undefined> {
  for (let number = first; number < first + most; number += 1) {
    const reply = await site.ask('POST', `${api}/bookings`, { json: bookingOf(slots[number % slots.length] ?? '', number), headers: { 'idempotency-key': `full-disk-${number}`, 'x-forwarded-for': addressOf(number) } });
    if (reply.status === 201) {
      const { reference, queryCode } = receipt.parse(JSON.parse(reply.text));
      said.acknowledged.set(reference, queryCode);
    } else if (reply.status >= 500) return reply;
    else if (reply.status !== 409) said.complaints.push(`a booking answered ${reply.status}: ${reply.text.slice(0, 120)}`);
  }
  return undefined;
}

const chinese = /[\u4e00-\u9fff]{4}/;

function judgeRefusal(what: string, reply: Reply | undefined, said: Said): void {
  if (!reply) return void said.complaints.push(`${what}: a full disk refused nothing`);
  said.refused += 1;
  const after = Number(reply.headers['retry-after']);
  if (reply.status !== 503) said.complaints.push(`${what}: answered ${reply.status}, not 503`);
  if (!(after > 0)) said.complaints.push(`${what}: no Retry-After`);
  if (!chinese.test(reply.text)) said.complaints.push(`${what}: no Chinese sentence`);
}

const caseReceipt = z.object({ reference: z.string(), queryCode: z.string() });

/** A parent complains; what came of it. */
async function complain(site: Site, number: number, said: Said): Promise<Reply> {
  const json = { kind: 'complaint', subject: 'fee', happened: '退园以后两个月了，预付的托费还没有退。', identity: 'confidential', contactName: '示例家长', phone: '13900000001' };
  const reply = await site.ask('POST', `${api}/complaints`, { json, headers: { 'idempotency-key': `full-disk-case-${number}`, 'x-forwarded-for': addressOf(300_000 + number) } });
  if (reply.status === 201) {
    const { reference, queryCode } = caseReceipt.parse(JSON.parse(reply.text));
    said.cases.set(reference, queryCode);
  }
  return reply;
}

/** What was received can be followed, and no other case stands: none was half written. */
async function casesStand(dataDir: string, site: Site, said: Said): Promise<void> {
  let at = 0;
  for (const [reference, queryCode] of said.cases) {
    const { status } = await site.ask('POST', `${api}/complaints/find`, { json: { reference, queryCode }, headers: { 'x-forwarded-for': addressOf(400_000 + at++) } });
    if (status !== 200) said.complaints.push(`${reference} was received and answers ${status}`);
  }
  const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
  const { count } = await storage.read.selectFrom('complaint').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  await storage.close();
  if (Number(count) !== said.cases.size) said.complaints.push(`${said.cases.size} cases were received and ${Number(count)} stand`);
}

async function fillAndFree(site: Site, disk: string, said: Said): Promise<void> {
  const [kept, ...institutions] = await openVisits(site, 7);
  const slots = institutions.flat().map(({ id }) => id);
  if (await bookUntilRefused(site, slots, 0, 12, said)) said.complaints.push('refused while there was room');
  if ((await complain(site, 0, said)).status !== 201) said.complaints.push('a complaint was refused while there was room');
  const ballast = join(disk, 'ballast');
  for (let round = 0; round < 2; round += 1) {
    fill(ballast);
    judgeRefusal(`JSON, round ${round}`, await bookUntilRefused(site, slots, 1_000 * (round + 1), 400, said), said);
    judgeRefusal(`complaint, round ${round}`, await complain(site, 100 + round, said), said);
    if (hasPages()) {
      const reply = await site.ask('POST', `/${placeSlug}/bookings/new/`, { form: formOf(kept?.[round]?.id ?? '', 90_000 + round, `full-disk-form-${round}`), headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': addressOf(90_000 + round) } });
      judgeRefusal(`form, round ${round}`, reply, said);
    }
    for (const path of [`${api}/institutions`, `${api}/institutions/${institutions[0]?.[0]?.institution ?? ''}/slots`, '/healthz', ...(hasPages() ? [`/${placeSlug}/institutions/?q=${round}`] : [])]) {
      const { status } = await site.ask('GET', path);
      if (status !== 200) said.complaints.push(`${path} answered ${status} on a full disk`);
    }
    rmSync(ballast);
    await later(looksAgainMs);
    const reply = await bookUntilRefused(site, slots, 5_000 + round * 100, 10, said);
    if (reply) said.complaints.push(`with room again it still answered ${reply.status}`);
    const again = await complain(site, 100 + round, said);
    if (again.status !== 201) said.complaints.push(`with room again a complaint under the same key answered ${again.status}: ${again.text.slice(0, 100)}`);
  }
  let found = 0;
  for (const [reference, queryCode] of said.acknowledged) {
    const { status } = await site.ask('POST', `${api}/bookings/find`, { json: { reference, queryCode }, headers: { 'x-forwarded-for': addressOf(Math.floor(found++ / 20) + 200_000) } });
    if (status !== 200) said.complaints.push(`${reference} was acknowledged and answers ${status}`);
  }
}

/** The whole program on a small disk; `limits` says whether it counts requests there too, which is then the first to be refused. */
export async function fillDisk(limits: 'on' | 'off', { say }: Pick<Bench, 'say'>): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-disk-'));
  const trouble = mountSmallDisk(folder);
  if (trouble !== undefined) {
    rmSync(folder, { recursive: true });
    return [{ what: 'full disk', result: 'SKIPPED', detail: `NOTHING IS PROVED about a full disk here: ${trouble}` }];
  }
  const said: Said = { complaints: [], acknowledged: new Map(), cases: new Map(), refused: 0 };
  try {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const site = await startSite(dataDir, { RATE_LIMITS: limits, TRUSTED_PROXIES: '1' });
    try {
      await fillAndFree(site, folder, said);
      await casesStand(dataDir, site, said);
    } finally {
      await site.stop();
    }
    say(`  ${said.acknowledged.size} acknowledged, ${said.refused} refusals judged`);
    const storage = await openSqlite(join(dataDir, 'demo.sqlite'), Date.now());
    said.complaints.push(...await allComplaints(storage));
    await storage.close();
  } finally {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
  return [verdictOf(`the whole program on a disk of ${megabytes} MB that fills up twice, requests ${limits === 'on' ? '' : 'not '}counted`, said.complaints, `${said.acknowledged.size} bookings and ${said.cases.size} complaints acknowledged and found again, ${said.refused} refusals with 503${hasPages() ? '' : '; WITHOUT PAGES, which are not built'}`)];
}

/** Disk full. */
export const fullDisk: Torture = {
  name: 'full-disk', about: 'a small disk (tmpfs) fills up under the running program: 503 with Retry-After in Chinese, nothing lost, it goes on by itself',
  run: async (bench) => [...await fillDisk('off', bench), ...await fillDisk('on', bench)],
};
