import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sbomOf } from '#cli/sbom.ts';

const root = join(import.meta.dirname, '..', '..');
const alone = spawnSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up']).status === 0;
if (!alone) process.stderr.write('SKIPPED: a network namespace of its own is not permitted here, the offline bundle was not tried\n');

/** Inside a namespace where nothing but the machine itself can be reached: install, start, ask, stop. */
const installAndAsk = `
set -eu
ip link set lo up
if "$WORK/tuoyu/runtime/node" -e 'fetch("http://192.0.2.1/", { signal: AbortSignal.timeout(2000) }).then(() => process.exit(0), () => process.exit(1))'; then echo "there is a network"; exit 9; fi
sh "$WORK/tuoyu/install.sh" --files-only "$WORK/installed"
cd "$WORK/installed/current"
env -i PATH=/usr/bin:/bin NODE_ENV=production DATA_DIR="$WORK/data" PORT=4837 runtime/node --max-semi-space-size=4 src/server/main.ts > "$WORK/log" 2>&1 &
server=$!
runtime/node -e '
(async () => {
  for (let tries = 0; tries < 150; tries += 1) {
    try {
      const ready = await fetch("http://localhost:4837/readyz");
      if (ready.ok) {
        const page = await fetch("http://localhost:4837/");
        console.log("page", page.status, (await page.text()).includes("lang=\\"zh-CN\\""));
        return;
      }
    } catch {}
    await new Promise((done) => setTimeout(done, 200));
  }
  process.exitCode = 1;
})();' || { cat "$WORK/log"; kill $server; exit 8; }
kill -TERM $server
wait $server
`;

test.skipIf(!alone)('the bundle installs, starts and shows a page where there is no network; a changed file is refused', { timeout: 300_000 }, () => {
  expect(existsSync(join(root, 'dist', 'server', 'entry.mjs')), 'the site is built').toBe(true);
  const work = mkdtempSync(join(tmpdir(), 'tuoyu-offline-'));
  try {
    const made = spawnSync(process.execPath, ['src/cli/bundle.ts', join(work, 'tuoyu.tar.gz')], { cwd: root, encoding: 'utf8' });
    expect(made.status, made.stderr).toBe(0);
    expect(spawnSync('sha256sum', ['--check', 'tuoyu.tar.gz.sha256'], { cwd: work }).status).toBe(0);
    expect(spawnSync('tar', ['-xzf', 'tuoyu.tar.gz'], { cwd: work }).status).toBe(0);

    // The list of packages travels along, and every package that travels is in the list.
    const list = sbomOf(root);
    expect(JSON.parse(readFileSync(join(work, 'tuoyu', 'sbom.json'), 'utf8'))).toEqual(list);
    const listed = new Set(list.components.flatMap(({ properties }) => properties.filter(({ name }) => name === 'cdx:npm:package:path').map(({ value }) => value)));
    const carried = readFileSync(join(work, 'tuoyu', 'SHA256SUMS'), 'utf8').split('\n').map((line) => / {2}(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1]).filter((path) => path !== undefined);
    expect(carried.length).toBeGreaterThan(1000);
    expect([...new Set(carried)].filter((path) => !listed.has(path))).toEqual([]);

    const tried = spawnSync('unshare', ['--net', 'sh', '-c', installAndAsk], { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', WORK: work } });
    expect(tried.status, tried.stdout + tried.stderr).toBe(0);
    expect(tried.stdout).toContain('page 200 true');

    appendFileSync(join(work, 'tuoyu', 'src', 'server', 'main.ts'), '\n// changed on the way\n');
    const refused = spawnSync('sh', [join(work, 'tuoyu', 'install.sh'), '--files-only', join(work, 'second')], { encoding: 'utf8' });
    expect(refused.status).toBe(1);
    expect(existsSync(join(work, 'second'))).toBe(false);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
