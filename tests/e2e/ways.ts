// One journey, four ways of making it: without a mouse, without scripts, in 长辈版, inside WeChat. A journey says what is pressed and typed; the way says how.
import type { Browser, Locator } from 'playwright';
import { expect } from 'vitest';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import type { Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const weChat = 'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50 WeChat/arm64 Language/zh_CN';
export const ways = ['keyboard', 'no scripts', 'elder', 'WeChat'] as const;
export type Way = (typeof ways)[number];

/** A parent who makes a journey in one way. */
export interface Traveller {
  readonly visitor: Visitor;
  readonly go: (path: string) => Promise<SoundPage>;
  /** Presses what leads to another page, and looks at that page. */
  readonly press: (target: Locator) => Promise<SoundPage>;
  /** Presses what leads nowhere: a choice, a fold. */
  readonly choose: (target: Locator) => Promise<void>;
  readonly type: (field: Locator, text: string) => Promise<void>;
  readonly select: (field: Locator, value: string) => Promise<void>;
}

/** Whether the focus is drawn: a card draws the outline of its link, a search row that of its field. */
const isSeen = (target: Locator): Promise<boolean> => target.evaluate((element) => [element, element.parentElement, element.closest('li'), element.closest('label')].some((one) => {
  if (!one) return false;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
}));

/** Tab after Tab until the target has the focus, or the radio group that it belongs to; fails when no Tab leads there. */
async function reach(visitor: Visitor, target: Locator): Promise<void> {
  const { page } = visitor;
  for (let tabs = 0; tabs < 400; tabs += 1) {
    const at = await target.evaluate((element) => {
      const active = document.activeElement;
      if (element === active) return 'here';
      const isGroup = element instanceof HTMLInputElement && element.type === 'radio' && active instanceof HTMLInputElement && active.type === 'radio' && active.name === element.name && active.form === element.form;
      return isGroup ? 'group' : 'elsewhere';
    });
    if (at === 'here') {
      expect(await isSeen(target), `focus is seen on ${await target.evaluate((element) => element.outerHTML.slice(0, 120))}`).toBe(true);
      return;
    }
    await page.keyboard.press(at === 'group' ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`No Tab leads to ${await target.evaluate((element) => element.outerHTML.slice(0, 200))}.`);
}

function byKeyboard(visitor: Visitor): Omit<Traveller, 'visitor' | 'go'> {
  const { page } = visitor;
  return {
    press: async (target) => {
      await reach(visitor, target);
      return follow(visitor, () => page.keyboard.press('Enter'));
    },
    choose: async (target) => {
      await reach(visitor, target);
      if (!(await target.evaluate((element) => element instanceof HTMLInputElement && element.type === 'radio' && element.checked))) await page.keyboard.press('Space');
    },
    type: async (field, text) => {
      await reach(visitor, field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
    select: async (field, value) => {
      await reach(visitor, field);
      const label = await field.evaluate((element, wanted) => (element instanceof HTMLSelectElement ? [...element.options].find((option) => option.value === wanted)?.label : undefined) ?? '', value);
      await page.keyboard.type(label);
      if (await field.inputValue() !== value) for (let presses = 0; presses < 60 && await field.inputValue() !== value; presses += 1) await page.keyboard.press(presses < 30 ? 'ArrowDown' : 'ArrowUp');
      expect(await field.inputValue()).toBe(value);
    },
  };
}

const byHand = (visitor: Visitor): Omit<Traveller, 'visitor' | 'go'> => ({
  press: (target) => follow(visitor, () => target.click()),
  choose: (target) => target.check(),
  type: (field, text) => field.fill(text),
  select: async (field, value) => { await field.selectOption(value); },
});

/** Opens a window for a journey made that way; no position of a mouse exists by keyboard, no script runs without scripts. */
export async function travel(browser: Browser, site: Site, way: Way): Promise<Traveller> {
  const visitor = await openWindow(browser, site, { width: way === 'no scripts' ? 320 : 390, scripts: way !== 'no scripts', ...(way === 'WeChat' ? { userAgent: weChat } : {}) });
  if (way === 'elder') await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: site.origin }]);
  return { visitor, go: (path) => open(visitor, path), ...(way === 'keyboard' ? byKeyboard(visitor) : byHand(visitor)) };
}
