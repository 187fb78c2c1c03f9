import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isExternal, linkFaults, linksIn, type LinkedPage } from '#cli/linkFaults.ts';

const root = resolve(import.meta.dirname, '../..');
const built = join(root, 'dist', 'client');
const usage = 'usage: check-links [--site <origin of a running site>] [--most <pages to read there>] [--external]';
const [mostExternal, atOnce, waitMs] = [200, 4, 5_000] as const;

const builtPages = (): readonly LinkedPage[] => globSync('**/*.html', { cwd: built }).filter((file) => !file.endsWith('.elder.html'))
  .map((file) => ({ path: `/${file.replaceAll('\\', '/').replace(/index\.html$/, '').replace(/\.html$/, '/')}`, html: readFileSync(join(built, file), 'utf8') }));

/** Addresses that the program renders, from the names of its page files. */
const rendered: readonly RegExp[] = globSync('**/*.{astro,ts}', { cwd: join(root, 'src/pages') }).filter((file) => !/(?:^|[\\/])_/.test(file)).map((file) => {
  const path = file.replaceAll('\\', '/').replace(/\.(?:astro|ts)$/, '').replace(/(?:^|\/)index$/, '');
  return new RegExp(`^/${path.replaceAll('.', '\\.').replace(/\[\.\.\.[^\]]+\]/g, '.*').replace(/\[[^\]]+\]/g, '[^/]+')}/?$`);
});
const isFile = (path: string): boolean => existsSync(join(built, path)) && statSync(join(built, path)).isFile();
const leads = (path: string): boolean => isFile(path) || path.startsWith('/api/') || rendered.some((one) => one.test(path));

/** Pages of a running site, from its start page onwards, at most so many; what does not answer with a page is a fault. */
async function crawl(origin: string, most: number): Promise<{ readonly pages: readonly LinkedPage[]; readonly faults: readonly string[] }> {
  const [queue, pages, faults] = [['/'], new Map<string, LinkedPage>(), new Array<string>()];
  const seen = new Set(queue);
  for (let path = queue.shift(); path !== undefined && seen.size <= most * 8 && pages.size < most; path = queue.shift()) {
    const answer = await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(waitMs) });
    const text = await answer.text();
    if (answer.status >= 400) faults.push(`${path}: answers ${String(answer.status)}`);
    if (!answer.headers.get('content-type')?.startsWith('text/html') || answer.redirected) continue;
    pages.set(path, { path: new URL(path, origin).pathname, html: text });
    for (const link of linksIn(text)) {
      const to = new URL(link, `${origin}${path}`);
      if (to.origin !== origin || seen.has(to.pathname) || to.pathname.startsWith('/sign-out')) continue;
      seen.add(to.pathname);
      queue.push(to.pathname + to.search); // a form's page is there only with what its link names
    }
  }
  return { pages: [...pages.values()], faults };
}

/** External addresses that do not answer; at most two hundred, four at a time, five seconds each. */
async function externalFaults(pages: readonly LinkedPage[]): Promise<readonly string[]> {
  const links = [...new Set(pages.flatMap(({ html }) => linksIn(html)).filter(isExternal))].slice(0, mostExternal);
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let link = links.shift(); link !== undefined; link = links.shift()) {
      const status = await fetch(link, { method: 'HEAD', signal: AbortSignal.timeout(waitMs) }).then((answer) => answer.status, () => 0);
      if (status === 0 || status === 404 || status === 410) faults.push(`${link}: ${status === 0 ? 'no answer' : String(status)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return faults;
}

try {
  const { values } = parseArgs({ options: { site: { type: 'string' }, most: { type: 'string' }, external: { type: 'boolean' } }, strict: true, allowPositionals: false });
  const own = builtPages();
  const site = values.site === undefined ? null : await crawl(new URL(values.site).origin, Number(values.most ?? '300'));
  const pages = [...own, ...(site?.pages ?? []).filter(({ path }) => !own.some((one) => one.path === path))];
  const faults = [...(site?.faults ?? []), ...linkFaults(pages, leads), ...(values.external === true ? await externalFaults(pages) : [])];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`${String(pages.length)} pages, ${String(faults.length)} faults.\n`);
  process.exitCode = faults.length === 0 && pages.length > 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
}
