// The runbooks: every command in them exists with these options, and those on records are walked through on a folder of their own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const folder = 'src/deploy/runbooks';
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const blocks = (text: string): readonly string[] => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n').map((line) => line.trim()).filter((line) => line !== ''));
const inline = (text: string): readonly string[] => [...text.matchAll(/`(npm run [^`]+)`/g)].map(([, line = '']) => line);
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync('package.json', 'utf8')));

const commands = [...texts].flatMap(([name, text]) => [...blocks(text), ...inline(text)].flatMap((line) => { const found = /npm run ([a-z:-]+)(?: -- (.*))?$/.exec(line); return found ? [{ name, line, command: found[1] ?? '', given: found[2] ?? '' }] : []; }));

test('there are five, each with commands', () => {
  expect([...texts.keys()].toSorted()).toEqual(['incident.md', 'install.md', 'keys.md', 'restore.md', 'upgrade.md']);
  expect(commands.length).toBeGreaterThan(18);
});

test.each(commands)('$name: $line', ({ command, given }) => {
  expect(scripts[command]).toBeDefined();
  const file = [`src/cli/${command}.ts`, `src/cli/${command.replace(':', '-')}.ts`, `src/cli/check-${command.split(':')[0] ?? ''}.ts`].find(existsSync) ?? '';
  const source = readFileSync(file, 'utf8') + (file.endsWith('backup.ts') || file.endsWith('restore.ts') ? readdirSync('src/server/backup').map((name) => readFileSync(join('src/server/backup', name), 'utf8')).join('') : '');
  for (const [, option = ''] of given.matchAll(/--([a-z-]+)/g)) expect(source, option).toMatch(new RegExp(`['"]?${option}['"]?\\s*[:,]|--${option}\\b`));
});

test('files and units they name are there', () => {
  const all = [...texts.values()].join('\n');
  for (const [, path = ''] of all.matchAll(/`(src\/[\w./-]+)`/g)) expect(existsSync(path), path).toBe(true);
  for (const [, name = ''] of all.matchAll(/\]\((\w+\.md)\)/g)) expect(texts.has(name), name).toBe(true);
  for (const unit of ['tuoyu.service', 'tuoyu-backup.timer', 'install.sh', 'nginx.conf', 'Caddyfile']) expect(existsSync(join('src/deploy', unit)), unit).toBe(true);
});

test('walked through: accounts, a copy, the record, the people affected, the keys, a restore, the record again', { timeout: 120_000 }, () => {
  const data = mkdtempSync(join(tmpdir(), 'tuoyu-runbook-'));
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: data, PORT: '1', DEMO: '0', SITE_ORIGIN: 'http://localhost:1' };
  const run = (name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`src/cli/${name}.ts`, ...args], { encoding: 'utf8', env: { ...env, ...more } });
    return { status, text: stdout + stderr };
  };
  const key = join(data, 'tuoyu-backup.key');
  const made = run('backup', ['--new-key', key]);
  expect(made.status, made.text).toBe(0);
  const recipient = /age1\w+/.exec(made.text)?.[0] ?? '';
  for (const [role, login] of [['systemAdmin', 'admin-1'], ['clerk', 'clerk-1']] as const) expect(run('account', ['create', '--role', role, '--login', login, '--jurisdiction', '120105'])).toMatchObject({ status: 0 });
  const first = run('rotate-keys', []);
  expect(first, first.text).toMatchObject({ status: 0 });
  expect(run('backup', [join(data, 'copy.age')], { BACKUP_RECIPIENT: recipient })).toMatchObject({ status: 0 });
  expect(run('verify-audit', [])).toMatchObject({ status: 0 });
  const window = ['--from', '2020-01-01T00:00+08:00', '--to', '2100-01-01T00:00+08:00'];
  const affected = run('affected', [...window, '--phones', join(data, 'people.csv')]);
  expect(affected, affected.text).toMatchObject({ status: 0 });
  expect(affected.text).toContain('staff accounts: 2');
  expect(statSync(join(data, 'people.csv')).mode & 0o077).toBe(0);
  expect(run('affected', [...window, '--phones', join(data, 'people.csv')])).toMatchObject({ status: 2 });
  expect(run('affected', ['--from', '2026-11-01', '--to', '2026-11-02'])).toMatchObject({ status: 1, text: expect.stringContaining('--from must be a day and a time with its zone') });
  expect(run('account', ['disable', '--login', 'clerk-1'])).toMatchObject({ status: 0 });
  const back = run('restore', [join(data, 'copy.age'), '--identity', key]);
  expect(back, back.text).toMatchObject({ status: 0 });
  expect(run('verify-audit', [])).toMatchObject({ status: 0 });
  expect(run('account', ['list']).text).toMatch(/clerk-1/);
  expect(run('rotate-keys', ['--drop-earlier'])).toMatchObject({ status: 0 });
});
