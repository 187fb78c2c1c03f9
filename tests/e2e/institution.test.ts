import reader from 'jsqr';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoDate } from '#domain/shared/dates.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { launchBrowser } from '#tests/browser.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { clock, newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

const samples = sampleInstitutions(aPlace('hebei'), isoDate.parse(clock.slice(0, 10)));
/** The page of the invented institution in a row of `data/samples/listings.json`. */
const pageOf = (row: number): string => `/hebei/institutions/${samples[row - 1]?.id ?? ''}/`;

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

/** Opens every folded part, as a parent's taps would. */
const unfold = (page: Page): Promise<void> => page.evaluate(() => { for (const part of document.querySelectorAll('details')) part.open = true; });
const wordsOf = async (visitor: Visitor, part: string): Promise<string> => await visitor.page.locator(`#${part}`).innerText();

test('the page of an institution answers first, then tells each part with who said it and when', async () => {
  const visitor = await parent();
  const { main, page } = await open(visitor, `${pageOf(1)}?months=18`);
  expect(await main.locator('.panel').first().innerText()).toMatch(/18\s个月可上[\s\S]*空\s\d+\s个托位（.*核对）[\s\S]*全部费用约 ¥/);
  await unfold(page);
  await look(visitor);
  for (const heading of ['收费', '保育照护', '膳食营养', '卫生保健', '安全保卫']) expect(await page.getByRole('heading', { name: heading, exact: true, level: 2 }).count(), heading).toBe(1);
  expect(await wordsOf(visitor, 'bands')).toMatch(/机构填报 · 11月19日[\s\S]*每班最多 15 人，人员配比不低于 1:5[\s\S]*《托育机构设置标准（试行）》第十九条（待官方核对）/);
  expect(await wordsOf(visitor, 'fees')).toMatch(/保育费[\s\S]*必交[\s\S]*延时费[\s\S]*17:30–18:30：¥10／次[\s\S]*预收[\s\S]*按月收[\s\S]*中途退托[\s\S]*示例协议/);
  expect(await wordsOf(visitor, 'hours')).toMatch(/周一至周五[\s\S]*寒暑假[\s\S]*法定节假日[\s\S]*不开放/);
  expect(await wordsOf(visitor, 'care')).toMatch(/保育人员[\s\S]*9 名[\s\S]*其中持证[\s\S]*8 名[\s\S]*2 小时[\s\S]*已成立[\s\S]*可接收[\s\S]*一日作息[\s\S]*12:15–14:30/);
  expect(await wordsOf(visitor, 'meals')).toMatch(/本周食谱（11月23日–11月29日）[\s\S]*周一 11月23日[\s\S]*今天[\s\S]*番茄炒蛋/);
  expect(await wordsOf(visitor, 'health')).toMatch(/有专职保健人员[\s\S]*示例社区卫生服务中心/);
  expect(await wordsOf(visitor, 'security')).toMatch(/保存 90 天[\s\S]*示例保险公司/);
  expect(await wordsOf(visitor, 'start')).toMatch(/适应期[\s\S]*5 天[\s\S]*预防接种证/);
  expect(await wordsOf(visitor, 'trust')).toContain('A 级（有效至');
  expect(await wordsOf(visitor, 'history')).toMatch(/2026年11月19日[\s\S]*机构填报更新：本周食谱/);
  expect(await page.locator('#nearby li').count()).toBeGreaterThan(0);
  await page.locator('#photos img').last().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLImageElement>('#photos img')].every((image) => image.complete && image.naturalWidth === 800));
  expect(await wordsOf(visitor, 'photos')).toContain('示意图');
  expect(await main.innerText()).not.toMatch(/许可|已认证|放心机构/);
  await visitor.context.close();
});

test('old facts are marked, very old ones warned about, an expired menu and an ended decision are gone, what is missing says so', async () => {
  const visitor = await parent();
  await open(visitor, pageOf(7));
  expect(await wordsOf(visitor, 'fees')).toMatch(/可能已经变了[\s\S]*已 200 天没有核对，请先打电话问清楚/);
  expect(await visitor.page.locator('main').innerText()).not.toMatch(/示例警|处理决定公示中/);
  await unfold(visitor.page);
  expect(await wordsOf(visitor, 'meals')).toMatch(/已经过期，不再显示/);
  expect(await wordsOf(visitor, 'meals')).not.toContain('番茄炒蛋');
  await open(visitor, pageOf(8));
  expect(await wordsOf(visitor, 'hours')).toMatch(/待更新[\s\S]*没有核对/);
  const bare = await open(visitor, pageOf(9));
  await unfold(visitor.page);
  expect(await wordsOf(visitor, 'health')).toContain('未公示');
  expect(await wordsOf(visitor, 'bands')).toContain('空位请询问');
  expect(await bare.main.innerText()).toContain('预收、请假退费、中途退托和押金：机构未填报');
  await open(visitor, pageOf(19));
  expect(await wordsOf(visitor, 'bands')).toMatch(/满员时一名保育人员照看约 [\d.]+ 人，多于标准的 \d 人/);
  await visitor.context.close();
});

test('a formal decision stands with its number, end day and the institution’s reply; a revoked one says so', async () => {
  const visitor = await parent({ width: 1280 });
  const page = await open(visitor, pageOf(3));
  expect(await page.main.locator('.badges').first().innerText()).toContain('1 项处理决定公示中');
  expect(await wordsOf(visitor, 'trust')).toMatch(/责令改正[\s\S]*示例责改〔2026〕第 1 号[\s\S]*示例主管部门[\s\S]*公示到 \d{4}年[\s\S]*机构说明[\s\S]*专人每天登记/);
  await open(visitor, pageOf(17));
  expect(await wordsOf(visitor, 'trust')).toMatch(/已撤销[\s\S]*原机关已撤销这项决定/);
  expect(await visitor.page.locator('.badges').first().innerText()).not.toContain('公示中');
  await visitor.context.close();
});

test.each([[true, 390], [false, 390], [false, 320]])('a parent reports a wrong fact (scripts: %s, %i px), keeps what was typed after a mistake, and gets a number', async (scripts, width) => {
  const visitor = await parent({ scripts, width });
  const { page } = visitor;
  await open(visitor, pageOf(2));
  await follow(visitor, () => page.getByRole('link', { name: '报告信息有误' }).click());
  await page.getByLabel('您的电话').fill('123');
  const again = await follow(visitor, () => page.getByRole('button', { name: '提交报告' }).click());
  expect(await again.main.locator('.error-summary').innerText()).toMatch(/请选择哪一项不对。[\s\S]*请写一下哪里不对[\s\S]*请填写 11 位手机号/);
  expect(await page.getByLabel('您的电话').inputValue()).toBe('123');
  await page.getByLabel('您的电话').fill('13800008888');
  await page.getByLabel('收费', { exact: true }).check();
  await page.getByRole('textbox', { name: '哪里不对，正确的是什么？' }).fill('CANARY 伙食费现在是每天 20 元');
  const received = await follow(visitor, () => page.getByRole('button', { name: '提交报告' }).click());
  expect(received.heading).toContain('已收到');
  expect(await received.main.innerText()).toMatch(/更正编号[\s\S]*X-[0-9A-Z]{8}[\s\S]*收费/);
  expect(visitor.addresses.join()).not.toMatch(/13800008888|CANARY/);
  expect(site?.output() ?? '').not.toMatch(/13800008888|CANARY/);
  await visitor.context.close();
});

test('an invented number of a report and a foreign institution open nothing', async () => {
  const visitor = await parent();
  await open(visitor, `${pageOf(2)}report/received/?reference=X-00000000`, 404);
  await open(visitor, '/hebei/institutions/00000000-0000-5000-8000-000000000000/report/', 404);
  await open(visitor, '/hebei/institutions/00000000-0000-5000-8000-000000000000/poster/', 404);
  const photo = await fetch(`${site?.origin ?? ''}${pageOf(1)}photos/00000000-0000-7000-8000-000000000000.webp`);
  expect(photo.status).toBe(404);
  await visitor.context.close();
});

test('the poster fits one sheet of A4, and its code leads to the page', async () => {
  const visitor = await parent();
  const poster = await open(visitor, `${pageOf(1)}poster/`);
  expect(await poster.main.locator('.poster').innerText()).toMatch(/卫健备案[\s\S]*记录机关[\s\S]*卫生健康委员会[\s\S]*电话\s+机构未填报[\s\S]*备案是告知，不代表质量评价/);
  const png = Buffer.from(await (await fetch(`${site?.origin ?? ''}${pageOf(1)}poster/code.png`)).arrayBuffer());
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(reader.default(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(`${site?.origin ?? ''}${pageOf(1)}`);
  const pdf = await visitor.page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await visitor.context.close();
});

test('a program reads the same: words, photos, assessments, decisions, history', async () => {
  const read = async (row: number) => (await fetch(`${site?.origin ?? ''}/api/v1${pageOf(row).replace(/\/$/, '')}`)).json();
  expect(await read(1)).toMatchObject({ listing: { version: 1, words: { staff: { careWorkers: 9, saidBy: 'institution' } } }, photos: [{ illustration: true, caption: '活动室示意图' }, {}, {}], assessments: [{ grade: 'A' }], penalties: [], history: [{ kind: 'words' }, { kind: 'words' }] });
  expect(await read(3)).toMatchObject({ penalties: [{ number: '示例责改〔2026〕第 1 号', reply: { on: '2026-09-24' } }] });
  expect(await read(7)).toMatchObject({ penalties: [] });
  expect(await read(9)).toMatchObject({ listing: { version: 0, words: { money: null } }, photos: [] });
});
