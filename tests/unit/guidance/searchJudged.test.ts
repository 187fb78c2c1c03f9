import { describe, expect, test } from 'vitest';
import { answer, answerAll, gradesOf, searched } from '#tests/judged/answers.ts';
import { questions } from '#tests/judged/questions.ts';
import { mean } from '#tests/judged/score.ts';

const answers = answerAll();

describe('judged questions of parents', () => {
  test('there are enough of them, each once, every key known', () => {
    expect(questions.length).toBeGreaterThanOrEqual(60);
    for (const question of questions) expect(() => gradesOf(question)).not.toThrow();
    expect(new Set(questions.map(([, typed]) => typed)).size).toBe(questions.length);
  });

  test('mean nDCG@10 is 0.95 or more, and 0.9 or more in every class', () => {
    for (const [kind, own] of Map.groupBy(answers, ({ question }) => question[0])) {
      process.stdout.write(`${kind.padEnd(10)} ${String(own.length).padStart(3)}  nDCG@10 ${mean(own.map(({ nDCG }) => nDCG)).toFixed(4)}\n`);
    }
    process.stdout.write(`all        ${String(answers.length).padStart(3)}  nDCG@10 ${mean(answers.map(({ nDCG }) => nDCG)).toFixed(4)}\n`);
    expect(mean(answers.map(({ nDCG }) => nDCG))).toBeGreaterThanOrEqual(0.95); // 0.9 is what was asked for; this much was reached and must not be lost unseen
    for (const [kind, own] of Map.groupBy(answers, ({ question }) => question[0])) expect(mean(own.map(({ nDCG }) => nDCG)), kind).toBeGreaterThanOrEqual(0.9);
  });

  test('what is looked for is among the first ten', () => {
    expect(answers.flatMap(({ question, missed }) => (missed.length === 0 ? [] : [`${question[1]}: ${missed.join(' ')}`]))).toEqual([]);
  });

  test('the measure notices a worse order, a missed page and a false find', () => {
    const backwards = answerAll((typed) => [...searched(typed)].reverse());
    expect(mean(backwards.map(({ nDCG }) => nDCG))).toBeLessThan(mean(answers.map(({ nDCG }) => nDCG)) - 0.05);
    expect(answer(['none', 'nobody', '3:burns'], () => []).nDCG).toBe(0);
    expect(answer(['nothing', 'nobody', ''], () => ['burns']).nDCG).toBe(0);
    expect(() => gradesOf(['bad', 'typo', '3:burnz'])).toThrow('burnz');
  });
});
