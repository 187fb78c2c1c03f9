// Every parameter of the list with values nobody should send, against the running site: the page and the JSON interface.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { repeatedParameters, singleParameters } from '#domain/directory/query.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';

let site: Site;
let folder: string;
beforeAll(async () => { folder = newDataDir(); site = await startSite(folder); });
afterAll(async () => { await site.stop(); removeDataDir(folder); });

const script = '<script>alert(1)</script>';
const image = '"><img src=x onerror=alert(1)>';
const nasty: readonly string[] = [
  '', ' ', '0', '-1', '-99', '999', 'abc', '1e9', '1000000000', '99999999999999999999', 'NaN', 'null', 'true', '[]', '{}', '1.5', '٣', '，', '%', '\u0000', '\u202e', '\ud83d',
  "' OR 1=1 --", '1; DROP TABLE institution;--', "%' UNION SELECT * FROM booking --", script, image, '{{7*7}}', '${7*7}', '../../../../etc/passwd', '__proto__', 'constructor',
  '39.15,117.2', '0,0', '120105999', '999999', '2026-13', '99:99', 'x'.repeat(5000), '育'.repeat(800), 'a '.repeat(1900), '🧒'.repeat(500),
];
const known = [...Object.keys(singleParameters), ...Object.keys(repeatedParameters)];
const unknown = ['colour', '__proto__', 'constructor', 'toString', 'filters', 'ids', 'q[]', 'months[$gt]'];

const problem = z.object({ code: z.literal('invalid'), errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string().min(2) })).min(1) });
const list = z.object({ total: z.number(), items: z.array(z.unknown()) });

const timed = async (path: string): Promise<{ readonly status: number; readonly text: string; readonly ms: number }> => {
  const began = performance.now();
  const response = await fetch(`${site.origin}${path}`);
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - began };
};
/** A page without the quoted values of its attributes, where < and > mean nothing. */
const outsideAttributes = (html: string): string => html.replace(/="[^"]*"/g, '=""');
const written = (field: string, value: string): string => `${encodeURIComponent(field)}=${encodeURIComponent(value.toWellFormed())}`;

test('the page answers every parameter with every value: 200, kind, quick, nothing carried through', async () => {
  await timed('/hebei/institutions/');
  const spent: number[] = [];
  for (const field of [...known, ...unknown]) {
    for (const value of nasty) {
      const what = `${field}=${value.slice(0, 30)}`;
      const { status, text, ms } = await timed(`/hebei/institutions/?${written(field, value)}`);
      spent.push(ms);
      expect(status, what).toBe(200);
      expect(/\d+ 家符合|共 \d+ 家/.test(text), what).toBe(true);
      expect([script, '<img src=x', 'SqliteError', '[object Object]', '    at '].filter((raw) => outsideAttributes(text).includes(raw)), what).toEqual([]);
    }
  }
  spent.sort((one, other) => one - other);
  expect(spent[Math.floor(spent.length / 2)], 'median in ms').toBeLessThan(60);
  expect(spent.at(-1), 'slowest in ms').toBeLessThan(1500);
});

test('what the page could not use it names', async () => {
  const bad: readonly (readonly [string, string, string])[] = [
    ['months', '-99', '孩子月龄'], ['months', '999', '孩子月龄'], ['months', 'abc', '孩子月龄'], ['start', '2026-13', '计划入托时间'], ['page', '1000000000', '页码'], ['size', '0', '每页数量'],
    ['near', '39.15,117.2', '位置'], ['radius', '3000', '距离'], ['sort', 'best', '排序'], ['mode', 'nights', '服务方式'], ['kind', 'x', '机构类型'], ['ownership', 'x', '办托主体'], ['band', 'x', '班型'],
    ['subdistrict', '999999999', '街道'], ['subdistrict', 'x', '街道'], ['county', '999999', '县区'], ['accepts', 'pets', '可接收'], ['holidays', 'yes', '寒暑假开放'], ['extended', '2', '有延时服务'], ['meals', '0', '提供餐食'],
    ['maxFee', '-5', '每月全部费用'], ['openBefore', '7', '最晚开门'], ['closeAfter', '25:00', '最早关门'], ['include', 'all', '范围'], ['q', 'x'.repeat(5000), '搜索文字'], ['free', 'x', '有空余托位'], ['weekend', 'x', '周末开放'], ['affordable', 'x', '有普惠托位'],
  ];
  for (const [field, value, name] of bad) {
    const { text } = await timed(`/hebei/institutions/?${written(field, value)}`);
    const said = /有的条件没有用上[\s\S]*?<\/ul>/.exec(text)?.[0] ?? '';
    expect(said, `${field}=${value.slice(0, 20)}`).toContain(name);
  }
});

test('the JSON interface answers 200, or 422 naming the parameter', async () => {
  for (const field of [...known, ...unknown]) {
    for (const value of nasty) {
      const what = `${field}=${value.slice(0, 30)}`;
      const { status, text, ms } = await timed(`/api/v1/hebei/institutions?${written(field, value)}`);
      expect([200, 422], what).toContain(status);
      expect(ms, what).toBeLessThan(1500);
      if (status === 200) expect(list.parse(JSON.parse(text)).total, what).toBeGreaterThanOrEqual(0);
      // An order or a reach by distance names the point it lacks.
      else expect(problem.parse(JSON.parse(text)).errors.map((one) => one.field), what).toContain(['sort', 'radius'].includes(field) && text.includes('"near"') ? 'near' : field);
      if (unknown.includes(field)) expect(status, what).toBe(422);
    }
  }
});

test('a thousand parameters, and a thousand values of one, are answered', async () => {
  const many = Array.from({ length: 350 }, (_, index) => `subdistrict=${String(120105000 + index)}`).join('&');
  const page = await timed(`/hebei/institutions/?${many}`);
  expect(page.status).toBe(200);
  expect(page.text.length).toBeLessThan(400_000);
  expect((await timed(`/api/v1/hebei/institutions?${many}`)).status).toBe(422);
  expect((await timed(`/hebei/institutions/?${Array.from({ length: 1000 }, (_, index) => `p${String(index)}=1`).join('&')}`)).status).toBe(200);
});

test('five thousand Chinese characters are answered like any other text that is too long', async () => {
  const { status, text, ms } = await timed(`/hebei/institutions/?q=${encodeURIComponent('育'.repeat(5000))}`);
  expect(status).toBe(200);
  expect(text).toContain('有的条件没有用上');
  expect(text).toContain('搜索文字');
  expect(ms).toBeLessThan(1500);
  expect((await timed(`/api/v1/hebei/institutions?q=${encodeURIComponent('育'.repeat(5000))}`)).status).toBe(422);
});

test('nothing of it was a fault to the site', () => {
  expect(site.output()).not.toMatch(/"level":(50|60)/);
});
