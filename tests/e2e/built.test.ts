// Every page that was prerendered: sound HTML, and articles that are light and hold no script.
import { describe, expect, test } from 'vitest';
import { builtPages, faultsOf, htmlFaults, isTwin, weigh } from '#tests/builtPages.ts';

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
    expect(weigh('hebei/guidance/index.html').scripts.length).toBeGreaterThanOrEqual(0);
  });
});
