import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const manifest = z.object({ dependencies: z.record(z.string(), z.string()), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const secrets = [/-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/, /AGE-SECRET-KEY-1[0-9A-Z]{40}/, /\bAKIA[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{36}\b/];
const secretsIn = (text: string): number => secrets.filter((pattern) => pattern.test(text)).length;

test('at most thirty packages are depended on directly, each at one exact version', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(30);
  expect(Object.values(manifest.dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('no script runs on installing, neither the project\'s own nor that of a package', () => {
  expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([]);
  expect(readFileSync(join(root, 'src', 'cli', 'bootstrap.mjs'), 'utf8')).toMatch(/\['ci', '--ignore-scripts'/);
  expect(readFileSync(join(root, 'src', 'deploy', 'Containerfile'), 'utf8')).not.toMatch(/npm (?:ci|prune)(?![^\n&]*--ignore-scripts)/);
});

test('no file of the repository holds a private key or a token', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((path) => path !== '' && path !== 'tests/unit/supply.test.ts');
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => secretsIn(readFileSync(join(root, path), 'utf8')) > 0)).toEqual([]);
  expect(secretsIn(`AGE-SECRET-KEY-1${'Q'.repeat(58)}`)).toBe(1);
});
