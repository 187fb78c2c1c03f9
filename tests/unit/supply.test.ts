import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = z.object({ dependencies: z.record(z.string(), z.string()), optionalDependencies: z.record(z.string(), z.string()), scripts: z.record(z.string(), z.string()) });
type Manifest = z.infer<typeof manifest>;
const lockfile = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), hasInstallScript: z.boolean().optional(), integrity: z.string().optional() })) });

/** What is wrong with what the project depends on directly; Node itself, which runs everything, is counted too. */
function directFaults({ dependencies, optionalDependencies }: Pick<Manifest, 'dependencies' | 'optionalDependencies'>): readonly string[] {
  const all = [...Object.entries(dependencies), ...Object.entries(optionalDependencies)];
  return [...(all.length > 30 ? [`${String(all.length)} direct packages`] : []), ...all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)).map(([name, version]) => `${name} ${version}`)];
}

/** Packages that ask to run something on being installed, though nothing lets them: better-sqlite3 carries what it would build, esbuild serves the build only. */
const knownToAsk = ['node_modules/better-sqlite3', 'node_modules/esbuild'];
const asking = (lock: z.infer<typeof lockfile>): readonly string[] => Object.entries(lock.packages).filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true).map(([path]) => path);
const ownScripts = ({ scripts }: Pick<Manifest, 'scripts'>): readonly string[] => Object.keys(scripts).filter((name) => /^(?:(?:pre|post)?(?:install|prepare)|prepublish|dependencies)$/.test(name));
/** Places where npm would run packages' scripts. */
const unguarded = (text: string): readonly string[] => [...text.matchAll(/(?:(?:RUN|&&|^|;) *npm (?:ci|install|prune|rebuild)\b|\['(?:ci|install)')(?![^\n&]*--ignore-scripts)[^\n&]*/gm)].map(([found]) => found);

const secrets = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/, /AGE-SECRET-KEY-1[0-9A-Z]{40}/, /\b(?:AKIA|LTAI)[0-9A-Za-z]{16,}\b/, /\bAKID[0-9A-Za-z]{32}\b/, /\bgh[pousr]_[A-Za-z0-9]{36}\b/, /\bnpm_[A-Za-z0-9]{36}\b/,
  /^(?:PUSH_SECRET|BACKUP_RECIPIENT|TIANDITU_KEY|DATABASE_URL|KEYS_URL|SMS_URL|MAIL_URL)=\S/m,
];
const secretsIn = (text: string): number => secrets.filter((pattern) => pattern.test(text)).length;

describe('what the project depends on', () => {
  const own = manifest.parse(JSON.parse(read('package.json')));

  test('at most thirty packages directly, each at one exact version', () => {
    expect(directFaults(own)).toEqual([]);
    expect(directFaults({ dependencies: { ...own.dependencies, loose: '^1.0.0' }, optionalDependencies: {} })).toEqual(['loose ^1.0.0']);
    expect(directFaults({ dependencies: Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`p${String(at)}`, '1.0.0'])), optionalDependencies: {} })).toEqual(['31 direct packages']);
  });

  test('no script runs on installing, neither the project\'s own nor that of a package', () => {
    expect(ownScripts(own)).toEqual([]);
    expect(ownScripts({ scripts: { postinstall: 'x', prepare: 'y', test: 'z' } })).toEqual(['postinstall', 'prepare']);
    const places = ['src/cli/bootstrap.mjs', 'src/deploy/Containerfile', 'src/deploy/install.sh', 'package.json'];
    expect(places.flatMap((path) => unguarded(read(path)))).toEqual([]);
    expect(read('src/cli/bootstrap.mjs')).toMatch(/\['ci', '--ignore-scripts'/);
    expect(unguarded('RUN npm ci --omit=dev && npm prune --ignore-scripts')).toEqual(['RUN npm ci --omit=dev ']);
    expect(unguarded("run('npm', ['ci', '--include=dev'])")).toHaveLength(1);
  });

  test('no package but the two known ones asks for a script', () => {
    const lock = lockfile.parse(JSON.parse(read('package-lock.json')));
    expect(asking(lock).toSorted()).toEqual(knownToAsk);
    expect(asking({ packages: { ...lock.packages, 'node_modules/new': { hasInstallScript: true } } })).toContain('node_modules/new');
  });
});

test('no file of the repository holds a private key, a token or a setting that is one', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((path) => path !== '' && path !== 'tests/unit/supply.test.ts');
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => secretsIn(read(path)) > 0)).toEqual([]);
  const planted = [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`, `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}`, `ghp_${'a'.repeat(36)}`, `npm_${'a'.repeat(36)}`, `AKIA${'A'.repeat(16)}`, `LTAI${'a'.repeat(20)}`, `AKID${'a'.repeat(32)}`, 'HOST=x\nPUSH_SECRET=abc'];
  expect(planted.map(secretsIn)).toEqual(planted.map(() => 1));
});
