// wapiti signed out and signed in, and slowhttptest, on sites of their own.
import { cookiesOfRoles } from '#tests/torture/roles.ts';
import { placeSlug, startSite } from '#tests/torture/site.ts';
import { newDataDir, removeDataDir } from '../e2e/site.ts';
import { leaveRecords } from './records.ts';
import { askSlowly, askWapiti, ensureProgram } from './scanners.ts';

type Judged = { readonly name: string; readonly faults: readonly string[]; readonly after: string };

/** Light findings that are known, with the reason each stands. */
const explained: readonly (readonly [RegExp, string])[] = [
  [/default-src" is missing|script-src" is missing/, 'scripts, styles, images, forms, frames and objects are each named; wapiti reads the first of the two policies only'],
  [/X-XSS-Protection is not set/, 'a header that browsers have taken out, which could itself be abused; the content policy stands in its place'],
  [/Strict-Transport-Security is not set/, 'said over TLS only (the examples for nginx and Caddy), and this is plain loopback'],
  [/Secure flag is not set in the cookie : mode/, 'says only whether pages are shown large; the session’s own cookie is __Host- and Secure'],
];
const from = [['nobody', `/${placeSlug}/`], ['institution', '/portal/'], ['clerk', '/office/']] as const;

async function holesOf(say: (line: string) => void): Promise<readonly Judged[]> {
  if (!ensureProgram('wapiti', say)) return [{ name: 'wapiti', faults: ['not asked: it is not on this machine (Debian: `apt-get install wapiti`)'], after: '' }];
  const dataDir = newDataDir();
  const site = await startSite(dataDir, { DEMO: '1' });
  try {
    const cookies = await cookiesOfRoles(dataDir);
    await leaveRecords(site, dataDir);
    const judged: Judged[] = [];
    for (const [role, start] of from) {
      const { grave, light, asked } = await askWapiti(`http://127.0.0.1:${String(site.port)}`, start, cookies.get(role) ?? '', { search: 40, attack: 15 });
      const strange = light.filter((line) => !explained.some(([known]) => known.test(line)));
      for (const line of light) say(`       light: ${line} – ${explained.find(([known]) => known.test(line))?.[1] ?? 'NOT EXPLAINED'}`);
      judged.push({ name: `wapiti, ${role}`, faults: [...grave, ...strange, ...(asked < 1_000 ? [`only ${String(asked)} requests: nothing was proved`] : [])], after: ` in ${String(asked)} requests` });
    }
    return judged;
  } finally {
    await site.stop();
    removeDataDir(dataDir);
  }
}

async function slownessOf(say: (line: string) => void): Promise<readonly Judged[]> {
  if (!ensureProgram('slowhttptest', say)) return [{ name: 'slowhttptest', faults: ['not asked: it is not on this machine (Debian: `apt-get install slowhttptest`)'], after: '' }];
  const dataDir = newDataDir();
  const site = await startSite(dataDir, { DEMO: '1', RATE_LIMITS: 'on' });
  try {
    const found = await askSlowly(`http://127.0.0.1:${String(site.port)}`, `/${placeSlug}/`, `/${placeSlug}/complaints/new/`, 20);
    return found.map(({ kind, worstMs, sockets, faults }) => ({ name: `slowhttptest, ${kind}`, faults, after: `, ${String(sockets)} sockets held, a page took ${String(worstMs)} ms at most` }));
  } finally {
    await site.stop();
    removeDataDir(dataDir);
  }
}

/** What wapiti and slowhttptest object to; a program that cannot be had counts as an objection. */
export const judgeSecurity = async (say: (line: string) => void): Promise<readonly Judged[]> => [...await slownessOf(say), ...await holesOf(say)];
