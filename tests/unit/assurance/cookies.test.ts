// Every cookie the site sets, as its code writes it, and the one header that lets other sites' pages read an answer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deviceCookie, identityCookie, noIdentityCookie, noSessionCookie, sessionCookie } from '#server/session.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:ts|tsx|astro|mjs)$/.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const flags = 'Path=/; Secure; HttpOnly; SameSite=Lax';
/** What is wrong with a `Set-Cookie` line: a name another host could set, or a flag that is missing. */
const cookieFaults = (line: string): readonly string[] => [
  ...(/^__Host-[a-z]+=/.test(line) ? [] : ['its name does not begin with __Host-']),
  ...['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'].filter((flag) => !line.split('; ').includes(flag)),
  ...(/; *Domain=/i.test(line) ? ['names a domain'] : []),
];

describe('cookies', () => {
  test('of staff are for this host, over TLS, out of reach of scripts and not sent with what other sites post', () => {
    const lines = [sessionCookie('chance'), noSessionCookie, deviceCookie('chance'), identityCookie('chance', '/office/'), noIdentityCookie];
    expect(lines.flatMap(cookieFaults)).toEqual([]);
    expect(['sid=1; Path=/', '__Host-sid=1; Path=/; Secure; SameSite=Lax; Domain=example.cn'].map((line) => cookieFaults(line).length)).toEqual([4, 2]);
  });

  test('of receipts are the same, wherever one is written', () => {
    const written = sources.flatMap(({ path, text }) => [...text.matchAll(/`\$\{cookieName\}=.*`;?$/gm)].map(([line]) => ({ path, line })));
    expect([...new Set(written.map(({ path }) => path))].toSorted()).toEqual(['server/complaintReceipt.ts', 'server/demandReceipt.ts', 'server/receipt.ts', 'server/session.ts']);
    for (const { line } of written.filter(({ path }) => path !== 'server/session.ts')) expect(line).toContain('; Path=/; Max-Age=${String(minutes * 60)}; Secure; HttpOnly; SameSite=Lax`');
    for (const { path } of written) expect(sources.find((one) => one.path === path)?.text).toMatch(/const cookieName = '__Host-(?:receipt|sid)';/);
    expect(sources.find(({ path }) => path === 'server/session.ts')?.text).toContain(`const flags = '${flags}';`);
  });

  test('the one other, of 长辈版, names a mode and nothing else', () => {
    const others = sources.filter(({ text }) => /Max-Age=/.test(text) && !/__Host-/.test(text)).map(({ path }) => path);
    expect(others).toEqual(['server/http/modeForm.ts']);
    expect(sources.find(({ path }) => path === 'server/http/modeForm.ts')?.text).toContain("const mode = fields.get('mode') === 'elder' ? 'elder' : 'default';");
  });
});

test('pages of other sites may read open data and nothing else, never with a cookie', () => {
  const naming = sources.filter(({ text }) => /access-control-/i.test(text.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, ''))).map(({ path }) => path);
  expect(naming).toEqual(['server/api/openData.ts']);
  const text = sources.find(({ path }) => path === naming[0])?.text ?? '';
  expect(text).not.toMatch(/credentials/i);
});

test('the browser is told what an answer is, and a page may load from here alone', () => {
  const text = sources.find(({ path }) => path === 'server/http/headers.ts')?.text ?? '';
  for (const directive of ["frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'", "object-src 'none'", "connect-src 'self'", "font-src 'self'", "media-src 'none'", "frame-src 'none'"]) expect(text).toContain(directive);
});
