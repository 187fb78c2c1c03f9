import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sessionTerms } from '#domain/accounts/rules.ts';
import { deviceCookie, identityCookie, noIdentityCookie, noSessionCookie, sessionCookie } from '#server/session.ts';
import { cookieText, deviceStoreText } from '#text/privacy.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:ts|tsx|astro|js|mjs)$/.test(path)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

type Written = { readonly name: string; readonly seconds: number | null };
/** What the numbers in a Max-Age stand for; another expression has to be added here. */
const known: Readonly<Record<string, number>> = { '${String(minutes * 60)}': 600, '${year}': 31_536_000, '${String(deviceSeconds)}': 15_552_000 };

/** Every cookie a text can set: a template or string that begins with a name and goes on with attributes. Taking one away (Max-Age=0) sets none. */
function cookiesIn(text: string): readonly Written[] {
  const constants = new Map([...text.matchAll(/const (\w+) = '((?:__Host-|__Secure-)?[\w-]+)';/g)].map(([, variable = '', name = '']) => [variable, name]));
  return [...text.matchAll(/(?:`(?:\$\{(\w+)\}|([\w-]+))=([^`\n]*)`)|(?:'([\w-]+)=([^'\n]*)')/g)].map(([, variable, inTemplate, rest, quoted, after]) => ({ variable, literal: inTemplate ?? quoted, rest: rest ?? after ?? '' })).filter(({ rest }) => /Path=|\$\{flags\}/.test(rest) && !/Max-Age=0/.test(rest)).map(({ variable, literal, rest }) => {
    const age = /Max-Age=([^;]+)/.exec(rest)?.[1];
    return { name: variable === undefined ? literal ?? '' : constants.get(variable) ?? `unknown ${variable}`, seconds: age === undefined ? null : known[age] ?? (/^\d+$/.test(age) ? Number(age) : NaN) };
  });
}

describe('cookies on the privacy page', () => {
  test('are those the code can set, and last as long', () => {
    const written = sources.flatMap(({ text }) => cookiesIn(text)).map(({ name, seconds }) => `${name} ${String(seconds)}`);
    expect([...new Set(written)].toSorted()).toEqual(cookieText.map(({ name, seconds }) => `${name} ${String(seconds)}`).toSorted());
  });

  test('no other way to set one is used, and every file that sets one was read above', () => {
    const found = sources.filter(({ text }) => /document\.cookie|cookieStore|cookies\.set\(|setCookie\(/.test(text)).map(({ path }) => path);
    expect(found).toEqual([]);
    const given = [sessionCookie('t'), deviceCookie('t'), identityCookie('t', '/'), noSessionCookie, noIdentityCookie];
    expect(given.map((cookie) => cookie.slice(0, cookie.indexOf('=')))).toEqual(['__Host-sid', '__Host-device', '__Host-identity', '__Host-sid', '__Host-identity']);
    expect(/Max-Age=(\d+)/.exec(deviceCookie('t'))?.[1]).toBe(String(cookieText.find(({ name }) => name === '__Host-device')?.seconds));
    expect(sessionTerms).toMatchObject({ idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 });
  });

  test('a planted cookie is seen', () => {
    expect(cookiesIn("const name = '__Host-track';\nconst made = `${name}=${id}; Path=/; Max-Age=60`;")).toEqual([{ name: '__Host-track', seconds: 60 }]);
    expect(cookiesIn("headers.set('set-cookie', 'seen=1; Path=/; Secure');")).toEqual([{ name: 'seen', seconds: null }]);
  });
});

test('what pages keep on the device is on the privacy page', () => {
  const keys = sources.filter(({ path }) => !path.startsWith('cli/')).flatMap(({ text }) => [...text.matchAll(/[`'](tuoyu:[\w-]+)|indexedDB\.open\('([\w-]+)'/g)].map(([, key, base]) => key ?? base ?? '')).filter((key) => key !== '');
  const named = deviceStoreText.map(({ name }) => name);
  expect([...new Set(keys)].filter((key) => !named.some((name) => name === key))).toEqual([]);
  expect(keys.length).toBeGreaterThanOrEqual(4);
  const stores = sources.filter(({ path, text }) => /\b(?:localStorage|sessionStorage)\b/.test(text) && !/\/\/.*(?:local|session)Storage/.test(text) && !path.startsWith('text/')).map(({ path }) => path);
  expect(stores.toSorted()).toEqual(['islands/Growth.tsx', 'islands/ThisMonth.tsx', 'islands/shortlist.ts']);
});
