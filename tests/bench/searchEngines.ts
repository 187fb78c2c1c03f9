import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Page } from 'playwright';
import { packedColumns } from '#domain/directory/browserIndex.ts';
import { packDirectory } from '#domain/directory/browserIndexPack.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { launchBrowser } from '#tests/browser.ts';
import { takeFromLunr } from '#cli/lessLunr.mjs';
import type { Figure } from '#tests/bench/figures.ts';
import { root } from '#tests/bench/servers.ts';
import { quantile, slowDown } from '#tests/bench/searchField.ts';
import { aPackedDistrict } from '#tests/bench/searchDistrict.ts';

const host = 'http://bench.localhost';
const brotli = (text: string): number => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

/** Serves our own modules to a page as they are, types taken off, beside the other engines. */
const serveModules = async (page: Page): Promise<void> => {
  const answers: Readonly<Record<string, () => string>> = {
    '/lunr.js': () => takeFromLunr(read('node_modules', 'lunr', 'lunr.js')),
    '/minisearch.js': () => read('node_modules', 'minisearch', 'dist', 'es', 'index.js'),
    '/flexsearch.js': () => read('node_modules', 'flexsearch', 'dist', 'flexsearch.bundle.module.min.mjs'),
    '/fuse.js': () => read('node_modules', 'fuse.js', 'dist', 'fuse.mjs'),
    '/engines.js': () => stripTypeScriptTypes(read('tests', 'bench', 'searchEnginesPage.ts')),
  };
  const imports = { '#domain/': '/src/domain/', lunr: '/lunr.js', minisearch: '/minisearch.js', flexsearch: '/flexsearch.js', 'fuse.js': '/fuse.js' };
  await page.route(`${host}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>` });
    const body = answers[pathname]?.() ?? stripTypeScriptTypes(read(pathname.slice(1)));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(`${host}/`);
};

type Measured = { readonly name: string; readonly ready: number; readonly times: readonly number[]; readonly recall: number; readonly index: string | null };

/** Our search field's engine against four others on the same thousand records and letters, in one run of one slowed browser. */
export async function compareEngines(count = 1000): Promise<readonly Figure[]> {
  const { directory, words } = await aPackedDistrict(count, isoDate.parse('2026-11-22'));
  const packed = packDirectory(directory);
  const text = JSON.stringify(packed);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await serveModules(page);
    await slowDown(page);
    const measured = await page.evaluate(async ([given, letters]) => {
      const address = ['', 'engines.js'].join('/'); // known only in that page
      const { measureEngines }: { measureEngines: (text: string, words: readonly string[]) => Promise<readonly Measured[]> } = await import(address);
      return measureEngines(given, letters);
    }, [text, words] as const);
    const own = measured.find(({ name }) => name === 'own');
    if (!own) throw new Error('our own engine was not measured');
    const indexColumns = new Set<string>(['syllables', 'otherwise', 'silent', 'vocabulary', 'places', 'terms', 'termsOf']);
    const part = (wanted: (name: string) => boolean): number => brotli(JSON.stringify(Object.fromEntries(packedColumns.filter(wanted).map((name) => [name, packed[name]])))) / count;
    return [
      { name: 'Browser search, everything over the wire (brotli 11)', value: brotli(text) / count, unit: 'B an institution', target: { below: 45 + 200 }, detail: `${String(count)} institutions` },
      { name: 'of it the records (ids, names, addresses, streets)', value: part((name) => !indexColumns.has(name)), unit: 'B an institution', target: { below: 45 } },
      { name: 'of it what only searching needs (syllables, words, facets); lunr is made from the columns in the page', value: part((name) => indexColumns.has(name)), unit: 'B an institution', target: { below: 200 } },
      ...measured.flatMap(({ name, ready, times, recall, index }): readonly Figure[] => {
        const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
        const detail = `p50 ${p50.toFixed(2)} ms (${(p50 / quantile(own.times, 0.5)).toFixed(2)}× ours), p95 ${(p95 / quantile(own.times, 0.95)).toFixed(2)}× ours, ready in ${ready.toFixed(0)} ms (${(ready / own.ready).toFixed(2)}× ours), finds ${(recall * 100).toFixed(1)} % of what the characters hold${index === null ? '' : `, ${(brotli(index) / count).toFixed(0)} B an institution`}`;
        return [{ name: `${name}: one letter typed, 4× slowed`, value: p95, unit: 'ms (p95)', detail, ...(name === 'own' ? { target: { below: 8 } } : {}) }];
      }),
    ];
  } finally {
    await browser.close();
  }
}
