import type { Page } from 'playwright';
import { launchBrowser } from '#tests/browser.ts';
import type { Figure } from '#tests/bench/figures.ts';
import type { Seeded } from '#tests/bench/seed.ts';

/** How much slower than this machine a mid-range phone is taken to be. */
export const slowdown = 4;

/** The value below which `share` of all values lie. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** What parents type: names of institutions and streets, pinyin, initials, service words, an address. */
export const fieldWords = ({ place, institutions }: Seeded): readonly string[] => [
  ...institutions.filter((_, at) => at % 211 === 5).map(({ name }) => name.slice(3)), ...place.subdistricts.slice(0, 3).map(({ name }) => name),
  'tuoyuyuan', 'youeryuan', 'sltyy', 'shequ', '全托', '普惠', '便宜', '示例路1200号', '第三分园', '早教',
];

/** Slows a page's processor down. */
export const slowDown = async (page: Page, rate = slowdown): Promise<void> => {
  await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
};

/** Types words letter by letter into the field of the page; milliseconds from each letter until the list stands in the document. */
const typeIntoField = (page: Page, words: readonly string[]): Promise<readonly number[]> => page.evaluate(async (typed) => {
  const input = document.querySelector<HTMLInputElement>('.search__input');
  if (!input) throw new Error('no field');
  const times: number[] = [];
  const turn = () => new Promise((resolve) => { setTimeout(resolve); });
  for (const word of typed) {
    for (let length = 1; length <= word.length; length += 1) {
      input.value = word.slice(0, length);
      const began = performance.now();
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await Promise.resolve().then(() => undefined).then(() => undefined); // Preact writes the document in a microtask
      times.push(performance.now() - began);
      await turn();
    }
  }
  return times;
}, words);

/** The search field of a real page on a slowed processor: how soon it is ready, what a letter costs, what crosses the wire. */
export async function measureSearchField(origin: string, slug: string, words: readonly string[]): Promise<readonly Figure[]> {
  const browser = await launchBrowser();
  try {
    const ready: number[] = [];
    let keystrokes: readonly number[] = [];
    let options = 0;
    let index = 0;
    for (let round = 0; round < 3; round += 1) {
      const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })).newPage();
      await slowDown(page);
      const asked: string[] = [];
      page.on('request', (request) => { asked.push(request.url()); });
      await page.goto(`${origin}/${slug}/`, { waitUntil: 'networkidle' });
      if (asked.some((url) => url.includes('search-index') || /mount\.\w+/.test(url))) throw new Error('the index or its script was fetched before the field was touched');
      const arrived = page.waitForResponse((response) => response.url().endsWith('/search-index'));
      await page.locator('.search__input').click();
      index = (await (await arrived).request().sizes()).responseBodySize;
      await page.waitForFunction(() => performance.getEntriesByName('search-ready').length > 0);
      ready.push(await page.evaluate(() => (performance.getEntriesByName('search-ready')[0]?.startTime ?? 0) - (performance.getEntriesByName('search-arrived')[0]?.startTime ?? 0)));
      await page.waitForTimeout(1000); // as long as it takes to begin to type
      const times = await typeIntoField(page, words);
      keystrokes = [...keystrokes, ...times];
      options = await page.locator('[role="option"]').count();
      await page.context().close();
    }
    return [
      { name: 'Search field ready after the index arrived, 4× slowed', value: quantile(ready, 0.5), unit: 'ms', target: { below: 150 }, detail: ready.map((ms) => ms.toFixed(0)).join(', ') },
      { name: `A letter typed until the list stands, 4× slowed, ${String(keystrokes.length)} letters`, value: quantile(keystrokes, 0.95), unit: 'ms (p95)', target: { below: 8 }, detail: `p50 ${quantile(keystrokes, 0.5).toFixed(2)}, p99 ${quantile(keystrokes, 0.99).toFixed(1)} ms; ${String(options)} options at the end` },
      { name: 'Search index over the wire', value: index / 1024, unit: 'KB' },
    ];
  } finally {
    await browser.close();
  }
}
