// Two attackers from outside: wapiti looks for holes as somebody signed out and as each role, slowhttptest holds the server's sockets. Both speak to loopback only.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { z } from 'zod';

const starts = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

/** Finds a program on this machine, asking apt for it as root; false when there is none after that. */
export function ensureProgram(program: 'wapiti' | 'slowhttptest', say: (line: string) => void): boolean {
  if (starts(program)) return true;
  if (process.getuid?.() === 0) {
    say(`No ${program} yet: asking apt for it …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', program]]) spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000, env });
  }
  return starts(program);
}

/** Modules that ask nobody but the site: those that need a server of wapiti's authors on the internet (ssrf, xxe) or lists to fetch (nikto, wapp) are left out. */
const modules = ['backup', 'blindsql', 'cookieflags', 'crlf', 'csp', 'exec', 'file', 'htaccess', 'http_headers', 'methods', 'permanentxss', 'redirect', 'shellshock', 'sql', 'xss'];
/** Addresses that would end what is being looked at: signing out, closing the site, taking an account away. */
const spared = /^\/(?:sign-out|account|office\/(?:incident|accounts|sign-ins))(?:[/?]|$)/;

/** A door in front of the site: whoever comes through it is signed in, spared addresses are not there, and what went through is counted. */
async function openDoor(origin: string, cookie: string): Promise<{ readonly origin: string; readonly asked: () => number; readonly broken: readonly string[]; readonly close: () => void }> {
  const { hostname, port, host } = new URL(origin);
  let asked = 0;
  const broken: string[] = [];
  const door = createServer((incoming, outgoing) => {
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    if (spared.test(path)) { incoming.resume(); outgoing.writeHead(404).end(); return; }
    asked += 1;
    // wapiti asks for brotli and cannot read it.
    const headers = { ...incoming.headers, host, origin, 'accept-encoding': 'identity', cookie: [incoming.headers.cookie, cookie].filter((one) => one !== undefined && one !== '').join('; ') };
    const passed = send({ hostname, port, path, method, headers }, (answer) => {
      if ((answer.statusCode ?? 500) >= 500) broken.push(`${method} ${path} answers ${String(answer.statusCode)}`.slice(0, 300));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => { outgoing.destroy(); });
    outgoing.on('close', () => { passed.destroy(); });
    incoming.pipe(passed);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('the door has no port');
  return { origin: `http://127.0.0.1:${String(address.port)}`, asked: () => asked, broken, close: () => { door.closeAllConnections(); door.close(); } };
}

const finding = z.object({ method: z.string(), path: z.string(), info: z.string(), level: z.number(), parameter: z.string().nullish() });
const report = z.object({ vulnerabilities: z.record(z.string(), z.array(finding)), anomalies: z.record(z.string(), z.array(finding)) });
/** What wapiti said: `grave` of medium weight or more, `light` below that, and how many requests went to the site. */
export type Scan = { readonly grave: readonly string[]; readonly light: readonly string[]; readonly asked: number };

/** What a report of wapiti's says, sorted by weight; wapiti counts 1 low, 2 medium, 3 high. */
export function readScan(text: string): Pick<Scan, 'grave' | 'light'> {
  const { vulnerabilities, anomalies } = report.parse(JSON.parse(text));
  const all = [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) => found.map(({ method, path, info, level, parameter }) => ({ level, line: `${kind}: ${method} ${path}${parameter ? ` (${parameter})` : ''}: ${info}`.slice(0, 300) })));
  const lines = (grave: boolean): readonly string[] => [...new Set(all.filter(({ level }) => (level >= 2) === grave).map(({ line }) => line))];
  return { grave: lines(true), light: lines(false) };
}

/** Lets wapiti look for holes behind a cookie for so many seconds of search and so many for each kind of attack; answers of 500 and more count as grave. Throws when it leaves no report or was signed out meanwhile. */
export async function askWapiti(origin: string, start: string, cookie: string, seconds: { readonly search: number; readonly attack: number }): Promise<Scan> {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-wapiti-'));
  const file = join(folder, 'report.json');
  const door = await openDoor(origin, cookie);
  try {
    const args = ['-u', `${door.origin}/`, '-s', `${door.origin}${start}`, '--scope', 'domain', '-m', modules.join(), '-S', 'normal', '--max-files-per-dir', '8', '--max-parameters', '30', '--max-scan-time', String(seconds.search),
      '--max-attack-time', String(seconds.attack), '-t', '10', '-v', '0', '--flush-session', '--no-bugreport', '--store-session', folder, '--store-config', join(folder, 'config'), '-f', 'json', '-o', file];
    // Whatever is not on loopback meets a closed door: wapiti would fetch lists of its own.
    const env = { ...process.env, HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' };
    const child = spawn('wapiti', args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-2_000); });
    const tooLong = setTimeout(() => { child.kill('SIGKILL'); }, (seconds.search + seconds.attack * modules.length + 120) * 1_000);
    await once(child, 'close');
    clearTimeout(tooLong);
    if (!existsSync(file)) throw new Error(`wapiti left no report:\n${said}`);
    const still = await fetch(`${origin}${start}`, { headers: { cookie }, redirect: 'manual' });
    if (still.status !== 200) throw new Error(`after the scan ${start} answers ${String(still.status)}: it was looked at signed out`);
    const { grave, light } = readScan(readFileSync(file, 'utf8'));
    return { grave: [...grave, ...new Set(door.broken)], light, asked: door.asked() };
  } finally {
    door.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const slowKinds = { 'slow headers': ['-H'], 'slow body': ['-B', '-s', '8192', '-f', 'application/x-www-form-urlencoded\r\nOrigin: HERE'], 'slow read': ['-X', '-w', '1', '-y', '64', '-n', '5', '-z', '5', '-k', '3'] } as const;
/** What came of one kind of slowness: the longest wait for a page, and how many slow sockets were open at most. */
export type Slowness = { readonly kind: string; readonly worstMs: number; readonly sockets: number; readonly faults: readonly string[] };

/** Holds 300 sockets of a site slowly, in three ways, and asks for a page meanwhile: one second is the limit. `pagePath` is what a parent asks, `bodyPath` takes a form. */
export async function askSlowly(origin: string, pagePath: string, bodyPath: string, seconds: number): Promise<readonly Slowness[]> {
  const found: Slowness[] = [];
  for (const [kind, flags] of Object.entries(slowKinds)) {
    const child = spawn('slowhttptest', [...flags.map((flag) => flag.replace('HERE', origin)), '-c', '300', '-r', '150', '-i', '3', '-l', String(seconds), '-p', '3', '-v', '1', '-u', `${origin}${kind === 'slow body' ? bodyPath : pagePath}`], { stdio: ['ignore', 'pipe', 'ignore'] });
    let [said, ended, worstMs] = ['', false, 0];
    child.stdout.setEncoding('utf8').on('data', (text: string) => { said += text; });
    child.once('close', () => { ended = true; });
    const faults: string[] = [];
    await later(2_500); // until all sockets are there
    for (let at = 0; !ended && at < 200; at += 1) {
      const begun = performance.now();
      const status = await fetch(`${origin}${pagePath}`, { signal: AbortSignal.timeout(5_000) }).then(async (answer) => { await answer.text(); return answer.status; }, () => 0);
      worstMs = Math.max(worstMs, performance.now() - begun);
      if (status !== 200) faults.push(`${kind}: ${pagePath} answers ${String(status)}`);
      await later(200);
    }
    for (let tries = 0; !ended && tries < 100; tries += 1) await later(100);
    if (!ended) child.kill('SIGKILL');
    const plain = said.replace(/\u001B\[[\d;]*[A-Za-z]/g, '');
    const sockets = Math.max(0, ...[...plain.matchAll(/connected:\s+(\d+)/g)].map(([, count]) => Number(count)));
    if (sockets < 100) faults.push(`${kind}: only ${String(sockets)} sockets were held: nothing was proved`);
    if (worstMs >= 1_000) faults.push(`${kind}: a page took ${String(Math.round(worstMs))} ms`);
    if (/service available:\s+NO/.test(plain)) faults.push(`${kind}: slowhttptest found the site gone`);
    found.push({ kind, worstMs: Math.round(worstMs), sockets, faults: [...new Set(faults)] });
  }
  return found;
}
