// The journeys of the e2e suite once more, every site of theirs being two processes on one PostgreSQL, asked in turn.
import { spawn } from 'node:child_process';
import { startPostgres } from '#tests/postgres.ts';
import { verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { hasPages } from '#tests/torture/site.ts';
import { root } from '#tests/torture/workers.ts';

const files = ['booking', 'listing', 'complaints', 'filing'];
const limitMs = 8 * 60_000;

/** One file of the suite in a process of its own; what it said last, where it failed. */
function run(file: string, url: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/.bin/vitest', 'run', '-c', 'tests/vitest.config.ts', '--project', 'e2e', '--reporter=verbose', `tests/e2e/${file}.test.ts`], { cwd: root, env: { ...process.env, PAIR_ON: url, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (piece: Buffer): void => { said = (said + piece.toString()).slice(-40_000); };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.on('close', (code) => {
      clearTimeout(timer);
      const failed = said.split('\n').filter((line) => /^\s*(?:×|FAIL|→)/.test(line) || /Error: /.test(line)).map((line) => line.trim());
      resolve(code === 0 ? [] : [`${file} ended with ${String(code)}`, ...failed]);
    });
  });
}

async function both({ quick, say }: Bench): Promise<readonly Verdict[]> {
  if (!hasPages()) return [{ what: 'two processes, one PostgreSQL', result: 'SKIPPED', detail: 'NOTHING IS PROVED about two processes here: the pages are not built' }];
  const postgres = await startPostgres();
  try {
    const verdicts: Verdict[] = [];
    for (const file of files.slice(0, quick ? 1 : files.length)) {
      const complaints = await run(file, postgres.url);
      for (const line of complaints.slice(0, 20)) say(`    ${line.slice(0, 300)}`);
      verdicts.push(verdictOf(`tests/e2e/${file}.test.ts with two processes on one PostgreSQL, asked in turn`, complaints, 'as with one process on SQLite'));
    }
    return verdicts;
  } finally {
    await postgres.stop();
  }
}

/** Two processes. */
export const pair: Torture = { name: 'pair', about: 'booking, listing, complaints and filing in a browser, every request going to the other one of two processes on one PostgreSQL', run: both };
