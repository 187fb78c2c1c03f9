import type { ArticleHead } from '#domain/guidance/article.ts';
import { expect, test } from 'vitest';
import { bodyFaults, measureBody } from '#domain/guidance/articleRules.ts';

const sound = `## 何时就医\n\n${'孩子没精神，就带他去看医生。'.repeat(60)}\n`;
const emergency: NonNullable<ArticleHead['emergency']> = { signs: ['叫不醒'], call: '120' };

test('an article that keeps the rules has no fault', () => {
  expect(bodyFaults({ topic: 'illness', emergency: null }, sound, 5)).toEqual([]);
});

test.each([
  ['a word of the house list', `${sound}\n宝妈看过来。\n`, 9, '照护人'],
  ['a picture without words', `${sound}\n![](x.png)\n`, 9, 'alternative text'],
  ['a paragraph on two lines', `${sound}\n先看精神，\n再看体温。\n`, 10, 'goes on'],
  ['no 何时就医', sound.replace('何时就医', '看医生'), 5, '何时就医'],
  ['too short', '## 何时就医\n\n看医生。\n', 5, '600'],
])('%s is told with its line', (_, body, line, words) => {
  const faults = bodyFaults({ topic: 'illness', emergency: null }, body, 5);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.line).toBe(line);
  expect(faults[0]?.fix).toContain(words);
});

test('an injury needs its first steps and an emergency number', () => {
  expect(bodyFaults({ topic: 'injury', emergency: null }, sound, 5)).toHaveLength(2);
  expect(bodyFaults({ topic: 'injury', emergency }, `## 现在就做\n\n${sound}`, 5)).toEqual([]);
});

test('sentences end at 。！？； and headings are none', () => {
  expect(measureBody('## 题目\n\n先看人。再看数字！\n')).toMatchObject({ characters: 9, sentences: 2, mean: 3.5, longest: 4 });
});
