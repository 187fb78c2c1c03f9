import { answerAge, type AgeAnswer, type AgeAt } from '#domain/directory/admissionFit.ts';
import type { Institution } from '#domain/directory/model.ts';
import { monthNumber } from '#domain/shared/dates.ts';

/** The ways of admitting that institutions share, so that an age is answered once for all that admit alike. */
export type AgeRules = {
  readonly count: number;
  /** What every institution of one rule answers to an age. */
  readonly answer: (rule: number, age: AgeAt) => AgeAnswer;
};

/** An answer depends on the admission and on the bands held, and on nothing else. */
const keyOf = ({ admission, bands }: Institution): string => JSON.stringify([admission, bands.map(({ band }) => band).sort()]);

/** Answers remembered for one rule; months by forty-eight and a few starts are asked for. */
const mostRemembered = 400;

/** Sorts institutions by how they admit: the rule of each by its position, and what each rule answers. */
export const makeAgeRules = (institutions: readonly Institution[]): { readonly ruleOf: Int32Array; readonly rules: AgeRules } => {
  const numbers = new Map<string, number>();
  const examples: { readonly of: Institution; readonly remembered: Map<number, AgeAnswer> }[] = [];
  const ruleOf = Int32Array.from(institutions, (of) => {
    const key = keyOf(of);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, examples.length);
    return examples.push({ of, remembered: new Map() }) - 1;
  });
  const answer = (rule: number, age: AgeAt): AgeAnswer => {
    const example = examples[rule];
    if (!example) throw new RangeError(`there is no age rule ${String(rule)}`);
    const { of, remembered } = example;
    // Only a cohort asks which month it is.
    const key = age.months + 100 + (of.admission?.rule === 'byCohort' ? monthNumber(age.month) * 1000 : 0);
    const known = remembered.get(key);
    if (known) return known;
    const fresh = answerAge(of, age);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, fresh);
    return fresh;
  };
  return { ruleOf, rules: { count: examples.length, answer } };
};
