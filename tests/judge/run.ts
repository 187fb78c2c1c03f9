// `npm run judge`: judges from outside that take too long, or need too much, for every test run. Exit 1 when one finds anything.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cookiesOfRoles } from '#tests/torture/roles.ts';
import { startSite as startSiteToAsk } from '#tests/torture/site.ts';
import { asvsFaults, readChapters, readOfficial, readSource, writeAsvsTable } from '../assurance/asvs.ts';
import { ensureBrowser, launchBrowser } from '../browser.ts';
import { builtFolder, builtPages, faultsOf, htmlFaults, weigh } from '../builtPages.ts';
import { newDataDir, removeDataDir, startSite } from '../e2e/site.ts';
import { judgeAll } from './accessibility.ts';
import { judgeMarks } from './lighthouse.ts';
import { askNu, ensureJava } from './nu.ts';
import { judgeSbom } from './sbom.ts';
import { leaveRecords } from './records.ts';
import { judgeSecurity } from './security.ts';
import { askStandards } from './standards.ts';

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
let failures = 0;
const told = (name: string, found: readonly string[], after = ''): void => {
  if (found.length > 0) failures += 1;
  say(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${String(found.length)} findings${after}`);
  for (const line of found.slice(0, 40)) say(`       ${line}`);
};

told('licences of what runs on the server', judgeSbom(say));
// `-- sbom` is this part alone.
if (process.argv[2] === 'sbom') process.exit(failures > 0 ? 1 : 0);
const whole = process.argv[2] === undefined;
if (whole || process.argv[2] === 'security') for (const { name, faults, after } of await judgeSecurity(say)) told(name, faults, after);
// `-- security` is the two attackers alone, `-- lighthouse` the marks alone.
if (process.argv[2] === 'security') process.exit(failures > 0 ? 1 : 0);
if (process.argv[2] === 'lighthouse') {
  const [alone, folder] = [await ensureBrowser(say), newDataDir()];
  const asked = await startSite(folder);
  if (alone === undefined) told('Lighthouse', ['not asked: there is no browser']);
  else await judgeMarks(asked.origin, alone, told);
  await asked.stop();
  removeDataDir(folder);
  process.exit(failures > 0 ? 1 : 0);
}

const standard = readOfficial();
told('ASVS 5.0, every line with a test that is there or a reason', asvsFaults(standard, readChapters(standard), readSource), `, table in ${writeAsvsTable()}`);
// `-- asvs` needs no build and no server.
if (process.argv[2] === 'asvs') process.exit(failures > 0 ? 1 : 0);

/** Pages made for each request that are judged as text too; every kind of answer the guidance gives. */
const asked = ['/hebei/', '/hebei/complaints/', '/hebei/complaints/new/?kind=complaint', '/hebei/complaints/received/', '/hebei/complaints/find/', '/hebei/policy/open-an-institution/', '/hebei/duties/', '/hebei/health-points/', '/hebei/this-month/', '/hebei/this-month/?months=7', '/hebei/this-month/?months=-1', '/hebei/this-month/?months=37', '/hebei/this-month/?months=x', '/hebei/growth/', '/hebei/growth/?sex=girls&indicator=length&standard=who&months=24', '/hebei/growth/?months=37', '/hebei/institutions/', '/hebei/institutions/?months=18'];
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
  const links = spawnSync(process.execPath, [join(import.meta.dirname, '..', '..', 'src', 'cli', 'check-links.ts'), '--site', site.origin, '--most', '400'], { encoding: 'utf8', timeout: 300_000 });
  told('links of the build and of the running site', links.status === 0 ? [] : [...links.stderr.trim().split('\n'), `check-links ended with ${String(links.status)}`], `, ${links.stdout.trim()}`);
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
    const roles = await cookiesOfRoles(dataDir);
    roles.delete('elder'); // everybody's pages are looked at in 长辈版
    await leaveRecords(judged, dataDir);
    const { pages: looked, sentBack, unreached, found: objections } = await judgeAll(opened, { ask: judged.ask, origin: `http://localhost:${String(judged.port)}` }, roles, say);
    told('axe, IBM and HTML_CodeSniffer, every route that somebody reaches in three looks, and pages with errors or nothing on them', objections, ` on ${String(looked)} looks at pages and ${String(sentBack)} at forms sent back`);
    say(`       ${String(unreached.length)} routes nobody reaches by following links: ${unreached.join(' ')}`);
    await judged.stop();
    await opened.close();
  }
  if (browser === undefined) told('Lighthouse', ['not asked: there is no browser']);
  else await judgeMarks(site.origin, browser, told);
} finally {
  await site.stop();
  removeDataDir(dataDir);
  rmSync(copies, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
say(failures === 0 ? 'No judge objects.' : `${String(failures)} judges object.`);
