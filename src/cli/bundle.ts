import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { sbomOf } from '#cli/sbom.ts';

const usage = 'usage: node src/cli/bundle.ts <file.tar.gz>   writes everything a machine without a network needs to run the site, and <file>.sha256 beside it; build before';
const exitCodes = { done: 0, badInput: 1, refused: 2 } as const;
const root = fileURLToPath(new URL('../../', import.meta.url));
const lockfile = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });
const ownFolders = ['dist', 'src', 'data', 'content'];

/** The packages that run on the server, as folders; Node itself travels as runtime/node. */
function productionPackages(): readonly string[] {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && !/^node_modules\/node-linux-/.test(path) && existsSync(join(root, path)))
    .map(([path]) => path);
}

/** Every plain file under a folder, as paths from the root; packages inside a package are listed by themselves. */
function filesUnder(folder: string, isPackage: boolean): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isPackage && entry.name === 'node_modules' ? [] : filesUnder(path, isPackage);
    return entry.isFile() && !path.endsWith('.map') ? [path] : [];
  });
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function pack(target: string, files: readonly string[], work: string): boolean {
  mkdirSync(join(work, 'runtime'));
  copyFileSync(process.execPath, join(work, 'runtime', 'node'));
  copyFileSync(join(root, 'src', 'deploy', 'install.sh'), join(work, 'install.sh'));
  writeFileSync(join(work, 'sbom.json'), `${JSON.stringify(sbomOf(root), null, 1)}\n`);
  const added = ['runtime/node', 'install.sh', 'sbom.json'];
  const sums = [...files.map((path) => [sha256(join(root, path)), path]), ...added.map((path) => [sha256(join(work, path)), path])];
  writeFileSync(join(work, 'SHA256SUMS'), `${sums.map(([sum = '', path = '']) => `${sum}  ${path}`).join('\n')}\n`);
  writeFileSync(join(work, 'files'), `${files.join('\0')}\0`);
  const args = ['--create', '--gzip', '--file', target, '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go+r-w,a+X', '--transform=s,^,tuoyu/,',
    '--directory', root, '--null', '--verbatim-files-from', '--files-from', join(work, 'files'), '--directory', work, ...added, 'SHA256SUMS'];
  return spawnSync('tar', args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function run(): number {
  const [given, ...more] = process.argv.slice(2);
  if (given === undefined || more.length > 0 || given.startsWith('-')) {
    process.stderr.write(`${usage}\n`);
    return exitCodes.badInput;
  }
  const target = resolve(given);
  if (existsSync(target)) {
    process.stderr.write(`${target} is there already and is not overwritten.\n`);
    return exitCodes.refused;
  }
  if (!existsSync(join(root, 'dist', 'server', 'entry.mjs'))) {
    process.stderr.write('The site is not built: run "npm run build" first.\n');
    return exitCodes.refused;
  }
  const work = mkdtempSync(join(tmpdir(), 'tuoyu-bundle-'));
  try {
    const packages = productionPackages();
    const files = ['package.json', 'package-lock.json', ...ownFolders.flatMap((folder) => filesUnder(folder, false)), ...packages.flatMap((folder) => filesUnder(folder, true))];
    if (!pack(target, files, work)) {
      rmSync(target, { force: true });
      return exitCodes.refused;
    }
    writeFileSync(`${target}.sha256`, `${sha256(target)}  ${basename(target)}\n`);
    process.stdout.write(`${target}: ${String(files.length)} files, ${String(packages.length)} packages, for ${platform()}-${arch()}. Carry it over with ${basename(target)}.sha256.\n`);
    return exitCodes.done;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = run();
