// Links of the build and of a running site lead somewhere, anchors too; the operator's command says how many pages it read.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDataDir, removeDataDir, startSite } from '#tests/e2e/site.ts';

const root = join(import.meta.dirname, '..', '..');
const run = (...flags: readonly string[]) => spawnSync(process.execPath, [join(root, 'src/cli/check-links.ts'), ...flags], { encoding: 'utf8', timeout: 60_000 });

test('the built pages and what a demonstration renders have no dead link and no missing anchor', { timeout: 90_000 }, async () => {
  const dataDir = newDataDir();
  const site = await startSite(dataDir);
  const { status, stdout, stderr } = run('--site', site.origin, '--most', '60');
  expect([stderr, status]).toEqual(['', 0]);
  expect(Number(/^(\d+) pages/.exec(stdout)?.[1])).toBeGreaterThan(100);
  expect(run('--sites', 'x').status).toBe(1);
  await site.stop();
  removeDataDir(dataDir);
});
