// The inventory of keys and algorithms in src/deploy/security.md against the code that uses them, both ways.
import { expect, test } from 'vitest';
import { quoted, rowsOf, sectionOf } from '#tests/assurance/document.ts';
import { filesWith, sources } from '#tests/assurance/sources.ts';

const libraries = /from '(?:node:)?crypto'|from 'age-encryption'|from 'otpauth'|\bcrypto\.(?:subtle|getRandomValues|randomUUID)/;
const rows = rowsOf('Algorithms');
const filesOf = (start: string): readonly string[] => quoted(rows.find(([name = '']) => name.startsWith(start))?.at(-1) ?? '');

test('the inventory of algorithms names every file that uses one, and no other', () => {
  const named = new Set(rows.flatMap((row) => quoted(row.at(-1) ?? '')));
  expect([...named].toSorted()).toEqual(filesWith(libraries).toSorted());
  expect(filesOf('AES-256-GCM')).toEqual(expect.arrayContaining([...filesWith(/createCipheriv\(/)]));
  expect([...filesOf('HMAC-SHA-256')].toSorted()).toEqual(filesWith(/createHmac\(/));
  expect([...filesOf('SHA-256')].toSorted()).toEqual(filesWith(/createHash\('sha256'/));
  expect([...filesOf('Chance')].toSorted()).toEqual(filesWith(/\b(?:randomBytes|randomInt|randomUUID)\(/));
});

/** What a file asks a library of cryptography for that is not on the list. */
const unlisted = (path: string, text: string): readonly string[] => {
  const asked = [...text.matchAll(/\b(createHash|createHmac|createCipheriv|createDecipheriv|hkdfSync|derive|argon2(?:Sync)?|scrypt(?:Sync)?|pbkdf2(?:Sync)?|createSign|createVerify|generateKeyPair(?:Sync)?|createECDH|createDiffieHellman|publicEncrypt|privateDecrypt)\(\s*(?:'([^']*)'|([^,)]*))/g)]
    .map(([, call = '', name, other]) => `${call} ${name ?? `(${other ?? ''})`}`);
  const allowed = ['createHash sha256', 'createHmac sha256', 'createCipheriv aes-256-gcm', 'createDecipheriv aes-256-gcm', 'hkdfSync sha256', 'derive argon2id', 'derive (salt: Buffer', 'derive (Buffer.alloc(0)', 'derive (Buffer.from(secret)'];
  return asked.filter((one) => !allowed.includes(one) && !(path === 'src/storage/files/institutionId.ts' && one === 'createHash sha1'));
};

test('of ciphers only AES-256-GCM, of hashes only SHA-256, of slow hashes only Argon2id; SHA-1 only where a standard names it', () => {
  const using = sources.filter(({ text }) => libraries.test(text));
  expect(using.length).toBeGreaterThan(20);
  expect(using.flatMap(({ path, text }) => unlisted(path, text).map((one) => `${path}: ${one}`))).toEqual([]);
  expect(filesWith(/algorithm: 'SHA1'/)).toEqual(['src/server/accountSeals.ts']);
  for (const planted of ["createHash('md5')", "createCipheriv('aes-256-ecb', key, null)", "createHash('sha1')", 'createCipheriv(name, key, iv)', "pbkdf2Sync('a', 'b', 1, 32, 'sha256')"]) expect(unlisted('src/x.ts', planted)).toHaveLength(1);
});

test('chance that must not be guessed comes from the operating system: Math.random is nowhere', () => {
  expect(filesWith(/Math\.random/)).toEqual([]);
});

test('the inventory names every purpose of the master key as the code spells it, and no other', () => {
  const used = (pattern: RegExp): readonly string[] => [...new Set(sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name)))].toSorted();
  const text = sectionOf('Keys');
  const named = (start: string): readonly string[] => quoted(text.split('\n').map((line) => line.split(start)[1]).find((line) => line !== undefined) ?? '').toSorted();
  expect(named('bound to its row): ')).toEqual(used(/\bkeys\.(?:seal|open)\('([^']+)'/g));
  expect(named('Keyed one way (HMAC-SHA-256): ')).toEqual(used(/\bkeys\.mac\('([^']+)'/g));
  expect(named('the form\'s own key: ')).toEqual(used(/\bkeys\.(?:sealUnder|openUnder)\(\w+, '([^']+)'/g));
  // A purpose that is not written out could not be found here.
  expect(sources.flatMap(({ path, text: code }) => [...code.matchAll(/\bkeys\.(?:seal|open|mac)\((?!')/g)].map(() => path))).toEqual([]);
});

test('every key has a holder, a place, a use, a limit and an end', () => {
  const keys = rowsOf('Keys');
  expect(keys).toHaveLength(8);
  for (const row of keys) expect(row).toHaveLength(7);
});
