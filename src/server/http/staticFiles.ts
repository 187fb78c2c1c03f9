import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isReading } from '#server/http/exchange.ts';
import type { Answer, Exchange, Step } from '#server/http/exchange.ts';
import { overlayStatic, type OverlayOf } from '#server/http/overlay.ts';
import { refuse } from '#server/http/problems.ts';
import { answerStored, etagOf, store } from '#server/http/stored.ts';
import type { Body, Stored } from '#server/http/stored.ts';

/** One prerendered page or file; pages exist twice, the second time in elder mode. */
interface StaticFile {
  readonly normal: Stored;
  readonly elder: Stored | undefined;
}

export interface StaticFiles {
  readonly serve: Step;
  /** The prerendered page for an unknown address, or a plain one when nothing is built. */
  notFound(exchange: Exchange): Answer | Promise<Answer>;
}

const keptInMemory = 256 * 1024;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8', '.svg': 'image/svg+xml; charset=utf-8', '.ico': 'image/x-icon', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.webp': 'image/webp', '.avif': 'image/avif', '.gif': 'image/gif',
  '.woff2': 'font/woff2', '.pdf': 'application/pdf', '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** Reads the built files once; small ones stay in memory with their encodings, large ones are streamed from disk. */
export function loadStaticFiles(folder: string, overlayOf: OverlayOf = () => undefined): StaticFiles {
  const files = new Map<string, StaticFile>();
  const paths = existsSync(folder) ? listFiles(folder) : [];
  const known = new Set(paths);
  for (const path of paths) {
    if (/\.(?:br|gz)$|\.elder\.html$/.test(path) || path === '/404.html' || path === '/500.html') continue;
    const twin = twinOf(path);
    files.set(addressOf(path), {
      normal: load(folder, path, known, 200),
      elder: twin !== undefined && known.has(twin) ? load(folder, twin, known, 200) : undefined,
    });
  }
  const missing: StaticFile | undefined = known.has('/404.html')
    ? {
      normal: load(folder, '/404.html', known, 404),
      elder: known.has('/404.elder.html') ? load(folder, '/404.elder.html', known, 404) : undefined,
    } : undefined;
  const over = overlayStatic(overlayOf);
  const answer = (file: StaticFile, exchange: Exchange): Answer | Promise<Answer> => {
    const stored = over(inMode(file, exchange), exchange);
    return stored instanceof Promise ? stored.then((page) => answerStored(page, exchange)) : answerStored(stored, exchange);
  };
  return {
    serve: (exchange) => serve(files, exchange, answer),
    notFound: (exchange) => missing === undefined || exchange.isApi
      ? refuse('not-found', exchange) : answer(missing, exchange),
  };
}

function serve(files: ReadonlyMap<string, StaticFile>, exchange: Exchange, answer: (file: StaticFile, exchange: Exchange) => Answer | Promise<Answer>): ReturnType<Step> {
  const path = exchange.path ?? '/';
  const file = files.get(path);
  if (file === undefined) {
    if (!isReading(exchange) || path.endsWith('/') || !files.has(`${path}/`)) return undefined;
    return { status: 308, headers: ['Location', `${encodeURI(path)}/${exchange.query}`, 'Cache-Control', 'no-cache'], body: Buffer.alloc(0) };
  }
  // A form that points at a prerendered page would otherwise look like success and lose what was written.
  if (!isReading(exchange)) return refuse('method-not-allowed', exchange, ['Allow', 'GET, HEAD']);
  return answer(file, exchange);
}

const inMode = (file: StaticFile, exchange: Exchange): Stored => (exchange.mode === 'elder' ? file.elder : undefined) ?? file.normal;

/** `/about/index.html` is served as `/about/`, every other file under its own name. */
function addressOf(path: string): string {
  return path.endsWith('/index.html') ? path.slice(0, -'index.html'.length) : path;
}

function twinOf(path: string): string | undefined {
  return path.endsWith('.html') ? `${path.slice(0, -'.html'.length)}.elder.html` : undefined;
}

function load(folder: string, path: string, known: ReadonlySet<string>, status: number): Stored {
  const whole = readFileSync(join(folder, path));
  const bodyOf = (name: string): Body | undefined => (known.has(name) ? read(join(folder, name)) : undefined);
  const isPage = path.endsWith('.html');
  const headers = [
    'Content-Type', types[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Cache-Control', cacheControlOf(path, isPage),
    'Vary', isPage ? 'Cookie, Accept-Encoding' : 'Accept-Encoding',
  ];
  const identity = whole.length > keptInMemory ? { file: join(folder, path), size: whole.length } : whole;
  return store(status, headers, { identity, br: bodyOf(`${path}.br`), gzip: bodyOf(`${path}.gz`) }, etagOf(whole));
}

function cacheControlOf(path: string, isPage: boolean): string {
  if (isPage || path === '/sw.js') return 'no-cache';
  return /^\/(?:_astro|search-index)\//.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
}

function read(file: string): Body {
  const { size } = statSync(file);
  return size > keptInMemory ? { file, size } : readFileSync(file);
}

/** Every file under the folder as a path that begins with a slash. */
function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.replace(/[/\\]+$/, '').length).replaceAll('\\', '/'));
}
