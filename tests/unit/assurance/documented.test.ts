// What src/deploy/security.md says in numbers and names, against the code: limits, terms, words, ways in, connections, levels of data.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPassword, contextWords, passwordLengths } from '#domain/accounts/password.ts';
import { activationHours, sessionTerms } from '#domain/accounts/rules.ts';
import { dataMap, dataOwners } from '#domain/audit/dataMap.ts';
import { limitRules } from '#server/limits.ts';
import { quoted, rowsOf, sectionOf } from '#tests/assurance/document.ts';
import { filesWith, sources } from '#tests/assurance/sources.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('how guessing is slowed: every rule of signing in and of query codes, with the numbers in force', () => {
  const rules: Readonly<Record<string, { readonly points: number; readonly seconds: number }>> = limitRules;
  const written = rowsOf('Guessing is slowed').map(([name = '', times, seconds]) => [quoted(name)[0] ?? '', Number(times), Number(seconds)]);
  expect(written.map(([name]) => name)).toEqual(['signIn', 'signInWrong', 'signInPace', 'activation', 'find', 'wrongCode', 'wrongCodePace']);
  expect(written).toEqual(written.map(([name]) => [name, rules[String(name)]?.points, rules[String(name)]?.seconds]));
});

test('the words no password is made of are those of the rule, and each is refused', () => {
  expect(quoted(sectionOf('Words no password is made of')).slice(1)).toEqual([...contextWords]);
  for (const word of contextWords) expect(checkPassword(`${word} ${word}2026${word}!`, { roles: ['clerk'] }, []), word).toBeDefined();
});

test('ways in: a session is opened by the documented files alone, and the lengths and hours are those in force', () => {
  const rows = rowsOf('Ways in');
  const opening = filesWith(/\bopenFresh\(|store\.openSession\(/);
  expect(opening).toEqual(['src/domain/accounts/identity.ts', 'src/domain/accounts/signIn.ts']);
  const named = rows.flatMap((row) => quoted(row.at(-1) ?? ''));
  for (const file of opening) expect(named).toContain(file);
  for (const file of named) expect(existsSync(join(root, file)), file).toBe(true);
  expect(rows.map(([way]) => way).join()).toContain(`${String(passwordLengths.alone)} characters`);
  expect(rows.flat().join()).toContain(`${String(activationHours)} hours`);
});

test('terms of a session are those in force', () => {
  expect(rowsOf('Sessions').map(([, minutes]) => Number(minutes) * 60_000)).toEqual([sessionTerms.idleMs, sessionTerms.absoluteMs, sessionTerms.provedMs]);
});

const opensConnections = /\bfetch\((?!request)|createTransport|import\('pg'\)|\bhttps?\.(?:request|get)\(|from 'node:(?:https|tls|dgram|dns|http2)'|\bcreateConnection\(|\bnew WebSocket|axios|undici/;

test('connections are opened by the documented files alone, each to what a setting names', () => {
  const outward = filesWith(opensConnections).filter((path) => path.startsWith('src/server/') || path.startsWith('src/storage/'));
  // The interface's own dispatcher is called `fetch` too, and asks nobody.
  expect(outward.filter((path) => path !== 'src/server/http/api.ts' && path !== 'src/server/api/api.ts')).toEqual(['src/server/mail.ts', 'src/server/sms.ts', 'src/storage/postgres.ts']);
  const rows = rowsOf('Who the site speaks to');
  const settings = rows.map(([name = '']) => quoted(name)[0]);
  const inConfig = [...(sources.find(({ path }) => path === 'src/server/config.ts')?.text ?? '').matchAll(/^ {2}([A-Z_]+_URL):/gm)].map(([, name = '']) => name);
  expect(inConfig.filter((name) => name !== 'BLOB_URL' && !settings.includes(name))).toEqual([]);
  const named = rows.flatMap((row) => quoted(row.at(-1) ?? ''));
  for (const file of outward.filter((path) => !path.endsWith('/api.ts'))) expect(named).toContain(file);
  for (const file of named) expect(existsSync(join(root, file)), file).toBe(true);
  for (const planted of ["await fetch(typed.address)", "import { request } from 'node:https'"]) expect(opensConnections.test(planted)).toBe(true);
});

test('on the examples the proxy speaks to the site over this machine\'s loopback address, and the service listens there', () => {
  const read = (name: string): string => readFileSync(join(root, 'src', 'deploy', name), 'utf8');
  expect([...read('nginx.conf').matchAll(/^ *server ([\w.:]+);/gm)].map(([, at]) => at)).toEqual(['127.0.0.1:4321']);
  expect([...read('Caddyfile').matchAll(/reverse_proxy ([\w.:]+)/g)].map(([, at]) => at)).toEqual(['127.0.0.1:4321']);
  expect(read('tuoyu.service')).toMatch(/^Environment=.*\bHOST=127\.0\.0\.1\b/m);
  expect(read('tuoyu.service')).toMatch(/^Environment=NODE_ENV=production\b/m);
});

test('every level of data has its protection, and every table one of them', () => {
  expect(rowsOf('Data and how it is guarded').map(([level = '']) => quoted(level)[0])).toEqual([...dataOwners]);
  for (const [table, { whose }] of Object.entries(dataMap)) expect(dataOwners, table).toContain(whose);
});

/** Stores of the browser that a file of the browser's code writes to. */
const stores = /\b(?:localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie|cookieStore)\b/;

test('the browser keeps nothing but the shortlist, a family\'s own dates, read articles and a street\'s unsent inspections', () => {
  expect(filesWith(stores).filter((path) => !path.startsWith('src/domain/') && !path.startsWith('src/text/'))).toEqual([
    'src/islands/Growth.tsx', 'src/islands/ThisMonth.tsx', 'src/islands/inspections/form.ts', 'src/islands/inspections/keep.ts', 'src/islands/inspections/signOut.ts', 'src/islands/inspections/store.ts', 'src/islands/shortlist.ts',
  ]);
});

const desks = sources.filter(({ path }) => /^src\/pages\/(?:office|portal|account)\/.*\.astro$/.test(path));

test('every page behind a sign-in stands in the frame that carries 退出登录', () => {
  const frame = sources.find(({ path }) => path === 'src/layouts/Desk.astro')?.text ?? '';
  expect(frame).toMatch(/action="\/sign-out\/"/);
  expect(desks.length).toBeGreaterThan(60);
  expect(desks.filter(({ text }) => !/<DeskPage\b|<Desk\b/.test(text)).map(({ path }) => path)).toEqual([]);
});

test('fields for passwords hide what is typed, let managers fill and cut nothing off within the longest that is taken; nothing forbids pasting', () => {
  const fields = sources.flatMap(({ path, text }) => [...text.matchAll(/<Field name="(?:password|present|again)"[^>]*/g)].map(([field]) => ({ path, field })));
  expect(fields.length).toBeGreaterThanOrEqual(7);
  for (const { path, field } of fields) {
    expect(field, path).toContain('type="password"');
    expect(field, path).toMatch(/autocomplete="(?:current|new)-password"/);
    expect(Number(/maxlength=\{(\d+)\}/.exec(field)?.[1]), path).toBeGreaterThan(passwordLengths.most);
  }
  expect(filesWith(/onpaste|addEventListener\('paste'/i)).toEqual([]);
  // Who administers accounts has no field to choose another's password in; there is no question to remember either.
  expect(fields.map(({ path }) => path).filter((path) => /office/.test(path))).toEqual([]);
  expect(filesWith(/(?:secretQuestion|密保问题|密码提示)/)).toEqual([]);
});

/** Fields that name a person or open something. */
const sensitive = /name="(?:phone|queryCode|code|password|present|again|contactName|recoveryCode|enrolmentCode|pending|details|story|note|childName)"/;
const sentInAddress = (text: string): readonly string[] => [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
  .filter(([, attributes = '', body = '']) => !/method="post"|method=\{/i.test(attributes) && sensitive.test(body)).map(([, attributes = '']) => attributes.trim());

test('forms that carry a person, a code or a password are sent in the body', () => {
  expect(sources.filter(({ text }) => /<form\b[^>]*method="post"/.test(text) && sensitive.test(text)).length).toBeGreaterThan(5);
  expect(sources.flatMap(({ path, text }) => sentInAddress(text).map((form) => `${path}: ${form}`))).toEqual([]);
  expect(sentInAddress('<form action="/x/"><Field name="phone" /></form>')).toHaveLength(1);
});

test('what is delivered holds named folders only, and nothing of source control', () => {
  const bundle = sources.find(({ path }) => path === 'src/cli/bundle.ts')?.text ?? '';
  expect(/ownFolders = \[([^\]]*)\]/.exec(bundle)?.[1]).toBe("'dist', 'src', 'data', 'content'");
  const container = readFileSync(join(root, 'src', 'deploy', 'Containerfile'), 'utf8');
  const delivered = container.slice(container.lastIndexOf('\nFROM '));
  expect([...delivered.matchAll(/^COPY --from=build \/build\/(\S+)/gm)].map(([, name]) => name)).toEqual(['package.json', 'node_modules', 'dist', 'data', 'content', 'src']);
  expect(delivered.match(/^COPY (?!--from=build \/build\/)/m)).toBeNull();
  for (const folder of ['src', 'data', 'content']) expect(existsSync(join(root, folder, '.git')), folder).toBe(false);
});
