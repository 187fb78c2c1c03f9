// One fault at a time in a copy of the tree, and the test that must see it: a test nobody has seen fail proves nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planted, type Planted } from '#tests/assurance/planted.ts';
import { verdictOf, type Bench, type Torture, type Verdict } from '#tests/torture/harness.ts';
import { root } from '#tests/torture/workers.ts';

const copied = ['src', 'content', 'data', 'tests', 'package.json', 'tsconfig.json', 'astro.config.mjs', '.env.example', 'README.md'];

/** A copy of the tree that shares the packages. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tuoyu-planted-'));
  for (const part of copied) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const run = (folder: string, args: readonly string[], minutes: number): { readonly status: number | null; readonly text: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: minutes * 60_000, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' } });
  return { status, text: `${stdout}\n${stderr}` };
};

function build(folder: string): void {
  for (const args of [['node_modules/astro/bin/astro.mjs', 'build'], ['src/cli/finish-build.ts']]) {
    const { status, text } = run(folder, args, 5);
    if (status !== 0) throw new Error(`the copy does not build: ${text.slice(-600)}`);
  }
}

/** How many tests of that title passed and failed. */
function ask(folder: string, { project, file, title }: Planted['test']): { readonly passed: number; readonly failed: number; readonly text: string } {
  const report = join(folder, 'planted.json');
  rmSync(report, { force: true });
  const { text } = run(folder, ['node_modules/vitest/vitest.mjs', 'run', '-c', 'tests/vitest.config.ts', '--project', project, file, '-t', title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), '--reporter=json', `--outputFile=${report}`], 12);
  const counted: { readonly numPassedTests: number; readonly numFailedTests: number; readonly numFailedTestSuites: number } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: counted.numPassedTests, failed: counted.numFailedTests + (counted.numFailedTests === 0 && counted.numPassedTests === 0 ? counted.numFailedTestSuites : 0), text };
}

/** Puts the fault in, or takes it out again; throws where an edit does not fit the source exactly once. */
export function edit(folder: string, { fault, edits }: Planted, undo = false): void {
  for (const { file, from, to } of undo ? edits.toReversed() : edits) {
    const path = join(folder, file);
    if (undo) cpSync(join(root, file), path);
    else {
      const text = readFileSync(path, 'utf8');
      if (from === '' || text.split(from).length !== 2) throw new Error(`${fault}: the edit does not fit ${file} exactly once`);
      writeFileSync(path, text.replace(from, () => to));
    }
  }
}

function plantAll({ say }: Bench): readonly Verdict[] {
  const folder = copyTree();
  try {
    const complaints: string[] = [];
    let caught = 0;
    const sound = new Map<string, boolean>();
    let built = false;
    for (const one of planted) {
      const began = performance.now();
      const { test } = one;
      const name = `${test.file} ${test.title}`;
      if (test.project === 'e2e' && !built) { build(folder); built = true; }
      if (!sound.has(name)) {
        const { passed, failed, text } = ask(folder, test);
        sound.set(name, failed === 0 && passed > 0);
        if (failed > 0 || passed === 0) complaints.push(`${name}: ${String(passed)} passed and ${String(failed)} failed before anything was planted: ${text.slice(-300)}`);
      }
      edit(folder, one);
      if (test.project === 'e2e') build(folder);
      const { failed } = ask(folder, test);
      edit(folder, one, true);
      if (test.project === 'e2e') built = false;
      if (failed === 0) complaints.push(`not seen: ${one.fault}`);
      else if (sound.get(name) === true) caught += 1;
      say(`  ${failed > 0 ? 'seen    ' : 'NOT SEEN'} ${one.fault} (${test.file}, ${String(Math.round((performance.now() - began) / 1000))} s)`);
    }
    return [verdictOf(`${String(planted.length)} planted faults`, complaints, `${String(caught)} seen by the tests named for them, which pass without them`)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Planted faults. */
export const plantedFaults: Torture = { name: 'planted', about: 'faults of one line, each made in a copy of the tree: the test named for it turns red, and is green without it', run: async (bench) => plantAll(bench) };
