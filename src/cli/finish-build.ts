import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** What was added to a build. */
export interface FinishedBuild {
  readonly twins: number;
  readonly compressed: number;
  /** Pages whose html element lacks data-mode="default" and therefore have no elder twin. */
  readonly withoutMode: readonly string[];
}

/** Writes the 长辈版 twin of every prerendered page, then a .br and a .gz beside every text file that gets smaller. */
export async function finishBuild(clientDir: string): Promise<FinishedBuild> {
  const pages = (await listFiles(clientDir)).filter((file) => file.endsWith('.html') && !file.endsWith('.elder.html'));
  const withoutMode: string[] = [];
  for (const page of pages) {
    const html = await readFile(page, 'utf8');
    const elder = html.replace(/(<html\b[^>]*\bdata-mode=)(["']?)default\2(?=[\s>])/i, '$1$2elder$2');
    if (elder === html) withoutMode.push(page);
    else await writeFile(`${page.slice(0, -'.html'.length)}.elder.html`, elder);
  }
  await stampWorker(clientDir);
  let compressed = 0;
  for (const file of await listFiles(clientDir)) {
    if (!/\.(?:html|css|m?js|svg|json|xml|txt|webmanifest)$/.test(file)) continue;
    compressed += await compressFile(file);
  }
  return { twins: pages.length - withoutMode.length, compressed, withoutMode };
}

/** Writes into sw.js which build it belongs to and which files draw a page without a network: those of the offline page and of an article. A build without a worker is left as it is. */
async function stampWorker(clientDir: string): Promise<void> {
  const worker = join(clientDir, 'sw.js');
  if (!existsSync(worker)) return;
  const files = (await listFiles(clientDir)).map((file) => `/${relative(clientDir, file).replaceAll('\\', '/')}`).toSorted();
  const drawn = files.filter((file) => file === '/offline/index.html' || /^\/[^/]+\/guidance\/[^/]+\/index\.html$/.test(file));
  const pages = await Promise.all([drawn[0], drawn.at(-1)].map((file) => (file === undefined ? '' : readFile(join(clientDir, file), 'utf8'))));
  const shell = [...new Set([...pages.flatMap((html) => html.match(/\/_astro\/[^"'\s>]+\.css/g) ?? []), '/favicon.svg'])].filter((file) => files.includes(file));
  const text = await readFile(worker, 'utf8');
  const offline = existsSync(join(clientDir, 'offline/index.html')) ? await readFile(join(clientDir, 'offline/index.html'), 'utf8') : '';
  const build = createHash('sha256').update(text).update(offline).update(files.filter((file) => file.startsWith('/_astro/')).join('\n')).digest('hex').slice(0, 12);
  await writeFile(worker, text.replaceAll('__BUILD__', build).replace(`'__SHELL__'`, shell.map((file) => `'${file}'`).join(', ')));
}

async function compressFile(file: string): Promise<number> {
  const body = await readFile(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const [br, gz] = await Promise.all([brotli(body, { params: quality }), gzipped(body, { level: 9 })]);
  if (br.length >= body.length || gz.length >= body.length) return 0;
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
  return 1;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

if (import.meta.main) {
  const clientDir = process.argv[2] ?? fileURLToPath(new URL('../../dist/client/', import.meta.url));
  if (!existsSync(clientDir)) {
    console.error(`There is no build at ${clientDir}: run "astro build" first.`);
    process.exit(1);
  }
  const { twins, compressed, withoutMode } = await finishBuild(clientDir);
  console.log(`Elder twins of ${twins} pages, ${compressed} files compressed.`);
  for (const page of withoutMode) console.warn(`${page}: its html element lacks data-mode="default", so it has no elder twin.`);
}
