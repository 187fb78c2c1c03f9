// Over real HTTP on loopback: guesses of query codes from many addresses at once. None opens, the limits hold, and who
// holds the code still gets in from an address of their own. Bounded in count; addresses are those of documentation.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { makeQueryCode } from '#domain/shared/codes.ts';
import { limitRules } from '#server/limits.ts';
import { verdictOf, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { api, hasPages, placeSlug, startSite, type Reply, type Site } from '#tests/torture/site.ts';

const randomQueryCode = (): string => makeQueryCode(randomBytes(8));
const perPair = limitRules.wrongCode.points;
const receipt = z.object({ reference: z.string(), queryCode: z.string() });
type Claim = z.infer<typeof receipt>;

const find = (site: Site, claim: Claim, from: string): Promise<Reply> => site.ask('POST', `${api}/complaints/find`, { json: claim, headers: { 'x-forwarded-for': from } });
const complaint = { kind: 'complaint', subject: 'fee', happened: '退园以后两个月了，预付的托费还没有退。', identity: 'anonymous' };

async function complain(site: Site, count: number): Promise<readonly Claim[]> {
  const made: Claim[] = [];
  for (let at = 0; at < count; at += 1) {
    const { text } = await site.ask('POST', `${api}/complaints`, { json: complaint, headers: { 'idempotency-key': `guessed-at-${at}`, 'x-forwarded-for': `203.0.113.${at}` } });
    made.push(receipt.parse(JSON.parse(text)));
  }
  return made;
}

/** Does all, so many at once. */
async function atOnce(wide: number, tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(Array.from({ length: wide }, async () => { for (let next = waiting.shift(); next; next = waiting.shift()) await next(); }));
}

const addressOf = (at: number): string => `198.51.${100 + Math.floor(at / 250)}.${1 + (at % 250)}`;
const median = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

type Tally = { readonly statuses: Map<string, number>; readonly bodies: Set<string> };

/** Every address tries every number as often as it may; half of the numbers are of real cases, half of none. */
async function guess(site: Site, claims: readonly Claim[], addresses: number, tally: Tally): Promise<void> {
  const tasks = claims.flatMap(({ reference }) => Array.from({ length: addresses * perPair }, (_, at) => async () => {
    const { status, text } = await find(site, { reference, queryCode: randomQueryCode() }, addressOf(at % addresses));
    tally.statuses.set(String(status), (tally.statuses.get(String(status)) ?? 0) + 1);
    if (status === 404) tally.bodies.add(text.replace(/"requestId":"[^"]*"/, ''));
  }));
  await atOnce(200, tasks);
}

/** One address that goes on: five tries of a number, then a wait; so many of all numbers, then a wait. */
async function goesOn(site: Site, one: Claim, complaints: string[]): Promise<number> {
  const statuses: number[] = [];
  for (let tries = 0; tries < 20; tries += 1) statuses.push((await find(site, { reference: one.reference, queryCode: randomQueryCode() }, '192.0.2.1')).status);
  if (statuses.filter((status) => status === 404).length !== perPair || statuses.slice(perPair).some((status) => status !== 429)) complaints.push(`one number from one address: ${statuses.join(' ')}`);
  if ((await find(site, one, '192.0.2.1')).status !== 429) complaints.push('the right code opened in the midst of a wait, so that guesses could be told apart');
  const many: number[] = [];
  for (let tries = 0; tries < limitRules.find.points + 10; tries += 1) many.push((await find(site, { reference: `T-0000${String(tries).padStart(4, '0')}`, queryCode: randomQueryCode() }, '192.0.2.2')).status);
  if (many.filter((status) => status !== 429).length !== limitRules.find.points) complaints.push(`many numbers from one address: ${many.filter((status) => status !== 429).length} tries instead of ${limitRules.find.points}`);
  return statuses.length + many.length + 1;
}

/** The same by the page's form: the answer in Chinese, the code never shown again. */
async function byForm(site: Site, { reference, queryCode }: Claim, complaints: string[]): Promise<number> {
  for (let tries = 0; tries < perPair + 2; tries += 1) {
    const wrong = randomQueryCode();
    const { status, text } = await site.ask('POST', `/${placeSlug}/complaints/find/`, { form: { reference, queryCode: wrong }, headers: { 'x-forwarded-for': '192.0.2.3', 'sec-fetch-site': 'same-origin' } });
    if (status !== (tries < perPair ? 404 : 429) || !text.includes(tries < perPair ? '没有找到' : '请等一会儿')) complaints.push(`form, try ${tries + 1}: ${status}`);
    if (text.includes(wrong)) complaints.push('the form shows a code again');
  }
  const owner = await site.ask('POST', `/${placeSlug}/complaints/find/`, { form: { reference, queryCode }, headers: { 'x-forwarded-for': '192.0.2.4', 'sec-fetch-site': 'same-origin' } });
  if (owner.status !== 200 || !owner.text.includes(reference)) complaints.push(`the owner by form: ${owner.status}`);
  return perPair + 2;
}

/** All of it: so many addresses against ten numbers, then the owners. */
export async function guessCodes(addresses: number): Promise<readonly Verdict[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-guesses-'));
  const complaints: string[] = [];
  const tally: Tally = { statuses: new Map(), bodies: new Set() };
  try {
    const site = await startSite(dataDir, { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' });
    try {
      const real = await complain(site, 6);
      const [watched = real[0], formed = real[0]] = real.slice(-2);
      const claims = [...real.slice(0, 5), ...Array.from({ length: 5 }, (_, at) => ({ reference: `T-0000000${at}`, queryCode: '' }))];
      await guess(site, claims, addresses, tally);
      const meant = claims.length * addresses * perPair;
      if (tally.statuses.get('404') !== meant) complaints.push(`of ${meant} guesses: ${[...tally.statuses].map(([status, count]) => `${count} × ${status}`).join(', ')}`);
      if (tally.bodies.size !== 1) complaints.push(`${tally.bodies.size} different answers to wrong codes`);
      const times: number[] = [];
      for (const [at, claim] of real.slice(0, 5).entries()) {
        const began = performance.now();
        const { status } = await find(site, claim, `203.0.113.${200 + at}`);
        times.push(performance.now() - began);
        if (status !== 200) complaints.push(`an owner with the right code, from an address of their own: ${status}`);
      }
      if (Math.max(...times) > 10_000) complaints.push(`an owner waited ${Math.round(Math.max(...times))} ms`);
      let more = 0;
      if (watched) more += await goesOn(site, watched, complaints);
      if (formed && hasPages()) more += await byForm(site, formed, complaints);
      return [verdictOf(`query codes guessed from ${addresses} addresses, over HTTP`, complaints, `${meant + more} guesses, none opened, one answer to all of them; the owners got in after ${Math.round(median(times))} ms${hasPages() ? '' : '; WITHOUT THE FORM, whose page is not built'}`)];
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Guesses. */
export const guesses: Torture = {
  name: 'guesses', about: 'over HTTP: ten thousand guesses of query codes from two hundred addresses: none opens, limits hold, owners still get in',
  run: ({ quick }) => guessCodes(quick ? 20 : 200),
};
