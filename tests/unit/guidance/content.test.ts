import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkContent } from '#cli/check-content.ts';

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
const folder = mkdtempSync(join(tmpdir(), 'tuoyu-content-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

/** The articles with one of them rewritten. */
const spoilt = (file: string, from: string | RegExp, to: string): ReturnType<typeof checkContent> => {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync('content/guidance', copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, file), changed);
  return checkContent(copy, today);
};

describe('every article of the library', () => {
  test('has no finding, and no check is overdue today', () => {
    const report = checkContent('content/guidance', today);
    expect(report.problems).toEqual([]);
    expect(report.overdue).toBe(0);
    expect(report.articles).toBeGreaterThanOrEqual(45);
    expect(report.mean).toBeLessThanOrEqual(25);
  });

  test.each([
    ['a link to no article', 'illness/fever-at-home.md', /^related: \[[a-z-]+/m, 'related: [no-such-article', /^illness\/fever-at-home\.md:\d+ related names no-such-article/],
    ['a key misspelt', 'illness/fever-at-home.md', /^expertReview:/m, 'expertsReview:', /^illness\/fever-at-home\.md:\d+ /],
    ['no 何时就医', 'illness/fever-at-home.md', '## 何时就医', '## 别的', /^illness\/fever-at-home\.md:\d+ .*何时就医/],
    ['a check long overdue', 'illness/fever-at-home.md', /^nextCheckOn: .*$/m, 'nextCheckOn: 2026-11-21', /^illness\/fever-at-home\.md:1 the check was due on 2026-11-21/],
  ])('a planted fault is named with file, line and what to do: %s', (_name, file, from, to, said) => {
    expect(spoilt(file, from, to).problems.filter((line) => said.test(line))).not.toEqual([]);
  });
});
