import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { weekdayText } from '#text/dates.ts';
import { launchBrowser } from '#tests/browser.ts';
import { cardLinks, fillBooking, findBooking, follow, open, readNumbers, type Answers } from '#tests/e2e/pages.ts';
import { visitsOf, openSeatsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(scripts: boolean): Promise<{ readonly visitor: Visitor; readonly site: Site }> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return { visitor: await openWindow(browser, site, { scripts }), site };
}

const unfolded = (calendar: string): readonly string[] => calendar.replace(/\r\n[ \t]/g, '').split('\r\n');
const onTheClock = (instant: string): string => instant.slice(0, 19).replace(/[-:]/g, '');

/** From the home page to the receipt of a visit at the institution that stands at `card` in the list. */
async function bookFromHome(visitor: Visitor, card: number, answers: Answers) {
  const home = await open(visitor, '/hebei/');
  await follow(visitor, () => home.page.getByRole('navigation', { name: '主要入口' }).getByRole('link', { name: '找托育' }).click());
  const link = cardLinks(visitor.page).nth(card);
  const name = await link.innerText();
  const institution = await follow(visitor, () => link.click());
  const id = /institutions\/([0-9a-f-]{36})\//.exec(visitor.page.url())?.[1] ?? '';
  expect(institution.heading).toBe(name);
  await follow(visitor, (page) => page.getByRole('link', { name: `预约参观 ${name}` }).click());
  const slotLink = visitor.page.locator('a.slot').first();
  const slotId = new URL(await slotLink.getAttribute('href') ?? '', visitor.site.origin).searchParams.get('slot') ?? '';
  const before = (await visitsOf(visitor.site, id)).find((slot) => slot.id === slotId);
  await follow(visitor, () => slotLink.click());
  await fillBooking(visitor.page, answers);
  const check = await follow(visitor, (page) => page.getByRole('button', { name: '继续' }).click());
  expect(check.heading).toBe('核对预约');
  const receipt = await follow(visitor, (page) => page.getByRole('button', { name: '确认预约' }).click());
  if (!before) throw new Error(`No slot ${slotId} at ${name}.`);
  return { receipt, name, id, slot: before };
}

describe.each([{ scripts: true, card: 0, phone: '13900000001', how: 'with JavaScript' }, { scripts: false, card: 1, phone: '13900000002', how: 'without JavaScript' }])('$how', ({ scripts, card, phone }) => {
  const grandmother: Answers = { children: [['2025', '5'], ['2025', '5']], contactName: '示例奶奶', phone, actingAs: 'entrusted', note: '想看看午睡的地方' };

  test('a grandmother books a visit for twins, keeps it in the calendar, finds it by its code and cancels it', async () => {
    const { visitor, site } = await parent(scripts);
    const { page } = visitor;
    const { receipt, name, id, slot } = await bookFromHome(visitor, card, grandmother);
    expect(name).toMatch(/^示例/);
    expect(receipt.heading).toBe('参观预约已确认');
    expect(new URL(page.url()).pathname).toBe('/hebei/bookings/received/');
    const numbers = await readNumbers(page);
    expect(numbers).toEqual({ reference: expect.stringMatching(/^Y-[0-9A-HJKMNP-TV-Z]{8}$/), queryCode: expect.stringMatching(/^\d{16}$/) });

    const said = await receipt.main.innerText();
    const day = slot.startsAt.slice(0, 10);
    expect(said).toContain(`${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8)))}日 ${weekdayText(day)} ${slot.startsAt.slice(11, 16)}–${slot.endsAt.slice(11, 16)}`);
    expect(said).toMatch(/地址\s*示例/);
    expect(said).toContain('参观前');
    expect(said).toContain('不需要交证件原件');
    expect(said).toContain('本站预约免费，不代收任何费用');
    expect(said.match(/月龄适合/g)).toHaveLength(2); // one line for each twin
    expect(await openSeatsOf(site, id, slot.id)).toBe(slot.open - 1);

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '加入手机日历' }).click()]);
    const lines = unfolded(readFileSync(await download.path(), 'utf8'));
    expect(download.suggestedFilename()).toMatch(/\.ics$/);
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines).toEqual(expect.arrayContaining(['METHOD:REQUEST', `DTSTART;TZID=Asia/Shanghai:${onTheClock(slot.startsAt)}`, `DTEND;TZID=Asia/Shanghai:${onTheClock(slot.endsAt)}`, `SUMMARY:参观：${name}`, 'BEGIN:VALARM']));
    expect(lines.filter((line) => line !== '').at(-1)).toBe('END:VCALENDAR');

    const groups = numbers.queryCode.match(/.{4}/g)?.join(' ') ?? '';
    const found = await findBooking(visitor, { reference: ` ${numbers.reference.toLowerCase()} `, queryCode: groups });
    expect(found.heading).toBe('您的预约');
    expect(await found.main.innerText()).toContain('参观预约已确认');
    await follow(visitor, () => page.getByRole('button', { name: '取消预约' }).click());
    const cancelled = await follow(visitor, () => page.getByRole('button', { name: '确认取消' }).click());
    expect(cancelled.heading).toBe('预约已取消');
    expect(await openSeatsOf(site, id, slot.id)).toBe(slot.open);
    const [away] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '从手机日历中取消' }).click()]);
    const gone = unfolded(readFileSync(await away.path(), 'utf8'));
    expect(gone).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', ...lines.filter((line) => line.startsWith('UID:'))]));
    const sequence = (of: readonly string[]): number => Number(of.find((line) => line.startsWith('SEQUENCE:'))?.slice(9));
    expect(sequence(gone)).toBeGreaterThan(sequence(lines));
    expect([...lines, ...gone].join('\n'), 'nothing of the family').not.toMatch(/示例家长|13\d{9}|\d{16}/);
    const again = await findBooking(visitor, numbers);
    expect(await again.main.innerText()).toMatch(/状态\s*已取消/);
    expect(await page.getByRole('button', { name: '取消预约' }).count()).toBe(0);
    await visitor.context.close();
  });
});

test('a wrong code and an unknown number tell a stranger the same', async () => {
  const { visitor } = await parent(true);
  const unknown = await findBooking(visitor, { reference: 'Y-00000000', queryCode: '1234567890123456' });
  const first = await unknown.main.locator('.error-summary').innerText();
  const malformed = await findBooking(visitor, { reference: '不是编号', queryCode: '12' });
  expect(await malformed.main.locator('.error-summary').innerText()).toBe(first);
  expect(first).toContain('没有找到这个预约');
  await visitor.context.close();
});

test('a booking is still there after the site was stopped and started again, and nothing that names the family lies about', async () => {
  const secret = { children: [['2024', '11']], contactName: '示例保密家长', phone: '13900007788', actingAs: 'guardian', note: '示例保密备注' } satisfies Answers;
  const { visitor } = await parent(true);
  const { slot } = await bookFromHome(visitor, 2, secret);
  const numbers = await readNumbers(visitor.page);
  await findBooking(visitor, numbers);
  const first = site;
  await first?.stop();
  site = await startSite(dataDir);

  const { visitor: later } = await parent(false);
  const found = await findBooking(later, numbers);
  expect(found.heading).toBe('您的预约');
  expect(await found.main.innerText()).toContain(slot.startsAt.slice(11, 16));
  await site.stop();

  const spellings = [secret.contactName, secret.note, secret.phone, numbers.queryCode, encodeURIComponent(secret.contactName), Buffer.from(secret.phone).toString('base64').slice(0, 12)];
  const kept = [...await visitor.context.cookies(), ...await later.context.cookies()].map(({ name, value }) => `${name}=${decodeURIComponent(value)}`);
  const seen = {
    'the log': `${first?.output() ?? ''}${site.output()}`,
    'addresses': [...visitor.addresses, ...later.addresses].join('\n'),
    'cookies': [...kept, ...visitor.cookies, ...later.cookies].join('\n'),
  };
  expect(seen['the log']).toContain('/hebei/bookings/find/'); // it did write about these requests
  expect(seen.addresses).toContain('/hebei/bookings/received/');
  expect(seen.cookies).toContain('__Host-receipt=');
  for (const [where, text] of Object.entries(seen)) {
    for (const spelling of spellings) expect(text.includes(spelling), `${spelling} in ${where}`).toBe(false);
  }
  await Promise.all([visitor.context.close(), later.context.close()]);
  site = await startSite(dataDir);
});
