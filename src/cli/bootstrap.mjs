// The one plain-JavaScript file: it runs on any Node from 20, where the rest needs 24 and an installation.
// It installs what is missing, finds Node 24, builds when the sources are newer, and runs the command asked for.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(realpathSync(fileURLToPath(import.meta.url)))));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'dist', '.built');
const sources = ['src', 'content', 'data', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];

/** What each command runs once packages are there: [script, ...first arguments]; `built` asks for a fresh build before. */
const commands = {
  // Little room for young objects, one allocation arena, large blocks given back at once (hashing a password takes 19 MB), and compiled code kept between starts (the stripper of types is
  // then never loaded): resident memory stays under 250 MB and a start is quicker; tests/bench starts the server alike.
  start: { run: ['--max-semi-space-size=4', 'src/server/main.ts'], built: true, env: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072', NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') } },
  build: { build: 'always' },
  'build:stale': { built: true },
  dev: { run: ['node_modules/.bin/astro', 'dev'] },
  test: { run: ['tests/run.ts', 'test'] },
  check: { run: ['tests/run.ts', 'check'] },
  e2e: { run: ['tests/run.ts', 'e2e'], built: true },
  bench: { run: ['tests/bench/run.ts'], built: true },
  torture: { run: ['tests/torture/run.ts'], built: true },
  judge: { run: ['tests/judge/run.ts'], built: true },
  import: { run: ['src/cli/import.ts'] },
  account: { run: ['src/cli/account.ts'] },
  backup: { run: ['src/cli/backup.ts'] },
  bundle: { run: ['src/cli/bundle.ts'], built: true },
  restore: { run: ['src/cli/restore.ts'] },
  purge: { run: ['src/cli/purge.ts'] },
  affected: { run: ['src/cli/affected.ts'] },
  'rotate-keys': { run: ['src/cli/rotate-keys.ts'] },
  'verify-audit': { run: ['src/cli/verify-audit.ts'] },
  'move-to-postgres': { run: ['src/cli/move-to-postgres.ts'] },
  'data:check': { run: ['src/cli/check-data.ts'] },
  'content:check': { run: ['src/cli/check-content.ts'] },
  'check:links': { run: ['src/cli/check-links.ts'], built: true },
};

const say = (line) => process.stderr.write(`${line}\n`);

function giveUp(line) {
  say(line);
  process.exit(1);
}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Whether anything under `path` changed after `moment`; a folder's own time tells of files removed or renamed. */
function changedAfter(path, moment) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return false;
  if (status.mtimeMs > moment) return true;
  return status.isDirectory() && readdirSync(path).some((name) => changedAfter(join(path, name), moment));
}

/** PATH without this project's own programs, so that npm is not run by a Node which it is about to replace. */
const outsidePath = () => (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin).join(delimiter);

/** Runs a program to its end and answers its exit code; signals meant for us reach it. */
function run(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the whole group by itself; a second one would look like an order to stop at once.
    const forward = (signal) => { if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal); };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const settle = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      say(`Could not run ${program}: ${error.message}`);
      settle(1);
    });
    child.on('exit', (code, signal) => settle(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** The lockfile npm leaves behind is written last, so it is older only when the project's own changed since. */
function installed() {
  const kept = modified(join(root, 'node_modules', '.package-lock.json'));
  return kept !== undefined && kept >= (modified(join(root, 'package-lock.json')) ?? 0);
}

async function install() {
  // npm ci empties the folder first: through a link it would empty one that others use.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    giveUp('node_modules is a link to a folder elsewhere and does not fit package-lock.json. Remove the link, or install where it leads.');
  }
  say('Installing packages (npm ci) …');
  const began = Date.now();
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'];
  const code = await run('npm', args, { ...process.env, PATH: outsidePath() });
  if (code !== 0) giveUp('npm ci failed; what it printed above says why. Nothing was started.');
  say(`Packages installed in ${seconds(began)}.`);
}

/** Node 24: the one the lockfile pins, else the system's when it is new enough. */
function findNode() {
  const pinned = join(bin, 'node');
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return giveUp(`This needs Node 24. There is no packaged Node for ${process.platform}-${process.arch} in node_modules `
    + `and this one is ${process.version}. Install Node 24 or newer and run the command again.`);
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

async function build(node, env) {
  const began = new Date();
  rmSync(stamp, { force: true });
  say('Building the site …');
  for (const step of [['node_modules/.bin/astro', 'build'], ['src/cli/finish-build.ts']]) {
    const code = await run(node, step, env);
    if (code !== 0) {
      say(`The build stopped at "${step.join(' ')}" (exit ${code}).`);
      process.exit(code);
    }
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began); // what was edited while building counts as newer
  say(`Built in ${seconds(began.getTime())}.`);
}

async function main() {
  const [name = '', ...given] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name)) giveUp(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
  const command = commands[name];
  const args = given[0] === '--' ? given.slice(1) : given;
  if (!installed()) await install();
  const node = findNode();
  const env = { ...process.env, PATH: `${bin}${delimiter}${outsidePath()}`, ASTRO_TELEMETRY_DISABLED: '1' };
  const builtAt = modified(stamp);
  const stale = () => builtAt === undefined || sources.some((source) => changedAfter(join(root, source), builtAt));
  if (command.build === 'always' || (command.built && stale())) await build(node, env);
  if (command.run) process.exitCode = await run(node, [...command.run, ...args], { ...env, ...command.env });
}

await main();
