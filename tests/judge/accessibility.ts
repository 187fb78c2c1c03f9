// Three judges of accessibility from outside, and every route of the build that a parent reaches, in each of its looks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { z } from 'zod';
import { reach } from '#tests/torture/crawl.ts';
import { builtRoutes } from '#tests/torture/routes.ts';
import type { Site } from '#tests/torture/site.ts';

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

/** Where something is wrong, nothing is found, or nobody is served. */
const others = ['/hebei/institutions/?months=x&page=999', '/hebei/institutions/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/search/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/this-month/?months=x', '/hebei/check-filing/?q=%E6%9F%A5%E6%97%A0%E6%AD%A4%E9%A1%B9', '/hebei/nothing-here/', '/nowhere/'];
type Look = { readonly mode: 'default' | 'elder'; readonly colorScheme: 'light' | 'dark' };
const looks: readonly Look[] = [{ mode: 'default', colorScheme: 'light' }, { mode: 'elder', colorScheme: 'light' }, { mode: 'default', colorScheme: 'dark' }];

/** What the three judges object to on one address of every route a parent reaches, and on pages with errors or nothing on them; requests to other sites too. */
export async function judgeAll(browser: Browser, site: Pick<Site, 'ask'> & { readonly origin: string }, most = Infinity): Promise<{ readonly pages: number; readonly found: readonly string[] }> {
  const { addresses } = await reach({ port: 0, pid: 0, output: () => '', shiftClock: () => Promise.resolve(), stop: () => Promise.resolve(), ask: site.ask }, '', builtRoutes(), { each: 1, most: 120 });
  const found: string[] = [];
  const paths = [...others, ...addresses.filter((path) => !/\.(?:xml|json|ics|png|webp|txt)$|^\/(?:portal|office|account)\/|^\/api\//.test(path))].slice(0, most);
  for (const { mode, colorScheme } of looks) {
    const context = await browser.newContext({ baseURL: site.origin, locale: 'zh-CN', viewport: { width: 390, height: 800 }, bypassCSP: true, reducedMotion: 'reduce', colorScheme });
    await context.addCookies([{ name: 'mode', value: mode, url: site.origin }]);
    const page = await context.newPage();
    page.on('request', (asked) => { if (!asked.url().startsWith(site.origin) && /^https?:/.test(asked.url())) found.push(`asks another site: ${asked.url()}`); });
    for (const path of paths) {
      await page.goto(path);
      // What is folded away is looked at too.
      await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true; });
      for (const [judge, ask] of [['axe', askAxe], ['IBM', askIbm], ['HTML_CodeSniffer', askSniffer]] as const) found.push(...(await ask(page)).map((line) => `${path} (${mode}, ${colorScheme}) ${judge} ${line}`));
    }
    await context.close();
  }
  return { pages: paths.length * looks.length, found };
}
