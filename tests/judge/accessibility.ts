// Three judges of accessibility from outside, and every route of the build that a parent reaches, in each of its looks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { z } from 'zod';
import { reach, type Form } from '#tests/torture/crawl.ts';
import { builtRoutes, type PageRoute } from '#tests/torture/routes.ts';
import type { Site as Running } from '#tests/torture/site.ts';

const here = createRequire(import.meta.url);
const ibm = readFileSync(here.resolve('accessibility-checker-engine/ace.js'), 'utf8');
const sniffer = readFileSync(here.resolve('html_codesniffer/build/HTMLCS.js'), 'utf8');
const findings = z.array(z.string());

/** IBM's violations for WCAG 2.2; potential ones, which a person must judge, are left out. */
export const askIbm = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(ibm);
  return findings.parse(await page.evaluate(`new ace.Checker().check(document, ['WCAG_2_2']).then(({ results }) => results
    .filter(({ value: [policy, outcome] }) => policy === 'VIOLATION' && outcome === 'FAIL').map(({ ruleId, message, snippet }) => ruleId + ': ' + message + ' ' + snippet))`));
};

/** HTML_CodeSniffer's errors for WCAG 2 AA; warnings and notices ask for a person. */
export const askSniffer = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(sniffer);
  return findings.parse(await page.evaluate(`new Promise((resolve, reject) => HTMLCS.process('WCAG2AA', document,
    () => resolve(HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR).map(({ code, msg, element }) => code + ': ' + msg + ' ' + (element?.outerHTML ?? '').slice(0, 160))), reject))`));
};

const askAxe = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** Where something is wrong, nothing is found, or nobody is served; and pages that no link of the crawl leads to. */
const others = ['/offline/', '/hebei/search/', '/hebei/early-education/', '/hebei/policy/open-an-institution/', '/hebei/bookings/received/', '/hebei/complaints/received/', '/hebei/demand/received/', '/hebei/institutions/?months=x&page=999', '/hebei/institutions/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/search/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/this-month/?months=x', '/hebei/check-filing/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/nothing-here/', '/nowhere/'];
type Look = { readonly mode: 'default' | 'elder'; readonly colorScheme: 'light' | 'dark' };
const looks: readonly Look[] = [{ mode: 'default', colorScheme: 'light' }, { mode: 'elder', colorScheme: 'light' }, { mode: 'default', colorScheme: 'dark' }];
/** Forms here sign people out, lock them out or close the site: nobody sends them empty. */
const leftAlone = /^\/(?:sign-out|mode|account|office\/accounts.*|office\/sign-ins|office\/incident)$/;
/** Answers a form gives with something to put right. */
const faultStatuses = [400, 409, 422];

type Site = Pick<Running, 'ask'> & { readonly origin: string };
type Part = { readonly role: string; readonly cookie: string; readonly addresses: readonly string[]; readonly forms: readonly Form[] };
/** What was judged: looks at pages, looks at forms sent back, routes of pages that nobody reached by following links. */
export type Judged = { readonly pages: number; readonly sentBack: number; readonly unreached: readonly string[]; readonly found: readonly string[] };

/** One address of every route for the first who reaches it, and the forms found there; pages only. */
async function partsOf(site: Site, roles: ReadonlyMap<string, string>, routes: readonly PageRoute[]): Promise<readonly Part[]> {
  const [seen, sent] = [new Set<string>(), new Set<string>()];
  const routeOf = (path: string): PageRoute | undefined => routes.find(({ pattern }) => pattern.test(path.replace(/\?.*/, '')));
  const parts: Part[] = [];
  for (const [role, cookie] of roles) {
    const { addresses, forms, status } = await reach({ port: 0, pid: 0, output: () => '', shiftClock: () => Promise.resolve(), stop: () => Promise.resolve(), ask: site.ask }, cookie, routes, { each: 1, most: 400 });
    parts.push({
      role, cookie,
      addresses: addresses.filter((path) => { const route = routeOf(path); return route?.isPage === true && status.get(route.route) === 200 && !seen.has(route.route) && seen.add(route.route); }),
      forms: forms.filter(({ method, route, path, fields }) => { const key = `${route} ${fields.map(([name]) => name).join()}`; return method === 'POST' && !leftAlone.test(route) && within(path) && !sent.has(key) && sent.add(key); }),
    });
  }
  return parts;
}

const within = (path: string): boolean => path.startsWith('/');

async function judgePage(page: Page, what: string): Promise<readonly string[]> {
  // What is folded away is looked at too.
  await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true; });
  const found: string[] = [];
  for (const [judge, ask] of [['axe', askAxe], ['IBM', askIbm], ['HTML_CodeSniffer', askSniffer]] as const) found.push(...(await ask(page)).map((line) => `${what} ${judge} ${line}`));
  return found;
}

/** Sends a form as it stands, nothing typed; answers the status of what came back. */
async function sendAsItStands(page: Page, { path, fields }: Form): Promise<number> {
  await page.goto('/about/');
  // A file that is sent instead of a page loads nothing.
  const loaded = page.waitForEvent('load', { timeout: 10_000 }).catch(() => undefined);
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().isNavigationRequest()), loaded, page.evaluate(({ action, values }) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action });
    for (const [name, value] of values) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    document.body.append(form);
    form.submit();
  }, { action: path, values: fields.map(([name, value]) => [name, value] as const) })]);
  return answer.status();
}

async function judgePart(browser: Browser, site: Site, { role, cookie, addresses, forms }: Part, { mode, colorScheme }: Look): Promise<{ readonly pages: number; readonly sentBack: number; readonly found: readonly string[] }> {
  const context = await browser.newContext({ baseURL: site.origin, locale: 'zh-CN', viewport: { width: 390, height: 800 }, bypassCSP: true, reducedMotion: 'reduce', colorScheme });
  const sid = /__Host-sid=([^;]+)/.exec(cookie)?.[1];
  await context.addCookies([{ name: 'mode', value: mode, url: site.origin }, ...(sid === undefined ? [] : [{ name: '__Host-sid', value: sid, url: site.origin.replace('http:', 'https:'), secure: true }])]);
  const page = await context.newPage();
  const found: string[] = [];
  page.on('request', (asked) => { if (!asked.url().startsWith(site.origin) && /^https?:/.test(asked.url())) found.push(`asks another site: ${asked.url()}`); });
  for (const path of addresses) {
    const answer = await page.goto(path);
    if (answer?.status() !== 200 && !others.includes(path)) found.push(`${path} (${role}, ${mode}) answers ${String(answer?.status())}`);
    found.push(...await judgePage(page, `${path} (${role}, ${mode}, ${colorScheme})`));
  }
  let sentBack = 0;
  for (const form of forms) {
    if (!faultStatuses.includes(await sendAsItStands(page, form))) continue;
    sentBack += 1;
    found.push(...await judgePage(page, `${form.path} sent empty (${role}, ${mode}, ${colorScheme})`));
  }
  await context.close();
  return { pages: addresses.length, sentBack, found };
}

/** What the three judges object to on one address of every route somebody reaches by following links, on the answer of every form sent as it stands, and on pages with errors or nothing on them, each in three looks; requests to other sites too. `mine` picks a part of the work. */
export async function judgeAll(browser: Browser, site: Site, roles: ReadonlyMap<string, string>, say: (line: string) => void, mine: (index: number) => boolean = () => true): Promise<Judged> {
  const routes = builtRoutes();
  const parts = await partsOf(site, roles, routes);
  const reached = new Set([others, ...parts.map(({ addresses }) => addresses)].flatMap((addresses) => addresses.map((path) => routes.find(({ pattern }) => pattern.test(path.replace(/\?.*/, '')))?.route)));
  let [index, pages, sentBack] = [0, 0, 0];
  const found: string[] = [];
  for (const whole of parts) {
    const addresses = [...(whole.role === 'nobody' ? others : []), ...whole.addresses].filter(() => mine(index++));
    const forms = whole.forms.filter(() => mine(index++));
    if (addresses.length + forms.length === 0) continue;
    for (const look of looks) {
      const judged = await judgePart(browser, site, { ...whole, addresses, forms }, look);
      [pages, sentBack] = [pages + judged.pages, sentBack + judged.sentBack];
      found.push(...judged.found);
    }
    say(`  ${whole.role}: ${String(addresses.length)} pages and ${String(forms.length)} forms in ${String(looks.length)} looks, ${String(found.length)} objections so far`);
  }
  return { pages, sentBack, found, unreached: routes.filter(({ route, isPage }) => isPage && !reached.has(route)).map(({ route }) => route) };
}
