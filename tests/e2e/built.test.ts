// Every page that was prerendered: sound HTML, and articles that are light and hold no script.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtFolder, builtPages, faultsOf, htmlFaults, isTwin, weigh } from '#tests/builtPages.ts';
import { askNu, hasJava } from '#tests/judge/nu.ts';

const pages = builtPages();
const isArticle = (page: string): boolean => /^[a-z]+\/guidance\/[^/]+\/index(\.elder)?\.html$/.test(page);
const mostBytes = 25 * 1024;

describe('html-validate', () => {
  test('sees faults that were put there', () => {
    const page = '<!DOCTYPE html>\n<html lang="zh-CN"><head><title>页</title></head><body><main><h1>页</h1><ul><p>段</p></ul><label><input type="radio" autocomplete="off" name="a"> 是</label><p id="a"></p><p id="a"></p></main></body></html>';
    expect(htmlFaults(page, 'planted').join('\n')).toMatch(/element-permitted-content[\s\S]*valid-autocomplete[\s\S]*no-dup-id/);
  });
  test('finds nothing on any prerendered page', () => {
    const looked = pages.filter((page) => !isTwin(page));
    expect(looked.length).toBeGreaterThan(300);
    expect(looked.flatMap(faultsOf)).toEqual([]);
  }, 180_000);
});

const java = hasJava();
if (!java) process.stderr.write('\nNOT ASKED: the Nu HTML checker needs Java, and there is none here. `npm run judge` fetches one and asks it about every page.\n\n');

describe.skipIf(!java)(java ? 'Nu' : 'Nu WAS NOT ASKED, there is no Java here; `npm run judge` fetches one', () => {
  test('sees faults that were put there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuoyu-nu-'));
    const file = join(folder, 'planted.html');
    writeFileSync(file, '<!DOCTYPE html>\n<html lang="zh-CN"><title>页</title><ul><p>段</p></ul><p id="a"><p id="a"></html><script></script>');
    const { errors } = askNu([file]);
    rmSync(folder, { recursive: true });
    expect(errors.join('\n')).toMatch(/not allowed as child[\s\S]*Duplicate ID/);
  }, 60_000);
  test('finds nothing on any prerendered page', () => {
    expect(askNu(pages.filter((page) => !isTwin(page)).map((page) => join(builtFolder, page))).errors).toEqual([]);
  }, 240_000);
});

describe('articles', () => {
  const weights = pages.filter(isArticle).map(weigh);
  test('are there for every place, in both modes', () => {
    expect(weights.length).toBeGreaterThanOrEqual(45 * 4 * 2);
    expect(weights.length % 2).toBe(0);
  });
  test('are at most 25 KB in brotli with their style sheets', () => {
    expect(weights.filter(({ bytes }) => bytes > mostBytes)).toEqual([]);
    expect(Math.min(...weights.map(({ bytes }) => bytes))).toBeGreaterThan(5_000); // style sheets were found and counted
  });
  test('hold and ask for no script', () => {
    expect(weights.filter(({ scripts }) => scripts.length > 0)).toEqual([]);
    expect(weigh('hebei/guidance/index.html').scripts.length).toBeGreaterThan(0); // the library has some: they are seen
  });
});
