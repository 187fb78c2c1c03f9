// Runs the project's checks one after another and ends with one line, `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { countTests, type Count } from './counting.ts';

interface Step {
  readonly name: string;
  run(): Promise<Count>;
}

const root = join(import.meta.dirname, '..');
const minute = 60_000;
const one: Count = { passed: 1, failed: 0, skipped: 0 };
const none: Count = { passed: 0, failed: 1, skipped: 0 };
const say = (line: string) => { process.stdout.write(`${line}\n`); };

let current: number | undefined;
let buildFailed = false;

/** Ends what is running, and all it started, when we are told to stop. */
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
  process.on(signal, () => {
    endGroup();
    process.exit(code);
  });
}

function endGroup(): void {
  if (current === undefined) return;
  try {
    process.kill(-current, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
}

/** Runs a Node program in a process group of its own, so that nothing it started outlives it; answers its exit code. */
function runNode(args: readonly string[], limit: number, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, detached: true, env, stdio: ['ignore', 'inherit', 'inherit'] });
    current = child.pid;
    const timer = setTimeout(() => {
      say(`Stopped after ${limit / minute} minutes without an end: ${args.join(' ')}`);
      endGroup();
    }, limit);
    child.on('close', (code) => {
      clearTimeout(timer);
      endGroup();
      current = undefined;
      resolve(code ?? 1);
    });
  });
}

const program = (name: string, ...args: readonly string[]): Step => ({
  name,
  run: async () => ((await runNode(args, 10 * minute)) === 0 ? one : none),
});

const build: Step = {
  name: 'build',
  run: async () => {
    buildFailed = (await runNode(['src/cli/bootstrap.mjs', 'build:stale'], 15 * minute)) !== 0;
    return buildFailed ? none : one;
  },
};

const suite = (project: 'unit' | 'integration' | 'e2e', env: NodeJS.ProcessEnv = {}): Step => ({
  name: project,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuoyu-tests-'));
    const report = join(folder, 'report.json');
    const code = await runNode(['node_modules/.bin/vitest', 'run', '-c', 'tests/vitest.config.ts', '--project', project,
      '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], 40 * minute, { ...process.env, ...env });
    const count = countTests(report, code);
    rmSync(folder, { recursive: true, force: true });
    return count;
  },
});

const e2e: Step = {
  name: 'e2e',
  run: async () => {
    if (buildFailed) {
      say('Not run: the build failed.');
      return none;
    }
    const browser = await ensureBrowser(say);
    if (browser === undefined) {
      say('Not run: there is no browser that starts.');
      return none;
    }
    say(`Browser: ${browser}`);
    return suite('e2e', { CHROME_PATH: browser }).run();
  },
};

const types = [program('types of pages (astro check)', 'node_modules/.bin/astro', 'check', '--tsconfig', 'tests/tsconfig.astro.json'), program('types (tsc)', 'node_modules/.bin/tsc', '-p', '.', '--noEmit')];
const lint = program('lint (eslint)', 'node_modules/.bin/eslint', '-c', 'tests/eslint.config.mjs', '--max-warnings=0', '.');

const plans: Readonly<Record<string, readonly Step[]>> = {
  check: [...types, lint, suite('unit')],
  test: [...types, lint, build, suite('unit'), suite('integration'), e2e],
  e2e: [e2e],
};

const plan = plans[process.argv[2] ?? ''];
if (plan === undefined) throw new Error(`Unknown plan. Known: ${Object.keys(plans).join(', ')}.`);

const lines: string[] = [];
const broken: string[] = [];
let total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const [index, step] of plan.entries()) {
  say(`\n── ${index + 1}/${plan.length} ${step.name} ──`);
  const began = Date.now();
  const count = await step.run();
  total = { passed: total.passed + count.passed, failed: total.failed + count.failed, skipped: total.skipped + count.skipped };
  broken.push(...(count.names ?? []).map((name) => `× ${step.name}: ${name}`));
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  lines.push(`${count.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name}: ${count.passed} passed, ${count.failed} failed${skipped} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

// What failed is said last, where whoever sees only the end of a long output finds it.
say(`\n${[...lines, ...broken.slice(0, 20)].join('\n')}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
say(`${total.passed} passed, ${total.failed} failed`);
