import { findMatches } from '#domain/directory/searchIndex.ts';
import { judged, judgedSnapshots } from '#tests/judged/institutions.ts';
import { queries, type JudgedQuery } from '#tests/judged/queries.ts';

const depth = 10;
const keyOf = new Map(judged.map(({ key, of }) => [of.id, key]));
const gainOf = (grade: number): number => 2 ** grade - 1;
const sumUp = (grades: readonly number[]): number => grades.slice(0, depth).reduce((sum, grade, at) => sum + gainOf(grade) / Math.log2(at + 2), 0);

/** Grades by key, as a judgement writes them down; unknown keys are refused. */
export const gradesOf = ([, place, typed, wanted]: JudgedQuery): ReadonlyMap<string, number> => {
  const here = judged.filter((one) => one.place === place).map(({ key }) => key);
  const grades = new Map<string, number>();
  for (const part of wanted.split(' ').filter((one) => one !== '')) {
    const [grade = '', keys = ''] = part.split(':');
    for (const key of keys === '*' ? here.filter((one) => !grades.has(one)) : keys.split(',')) {
      if (!here.includes(key) || grades.has(key) || !['1', '2', '3'].includes(grade)) throw new Error(`${typed}: ${part}: ${key}`);
      grades.set(key, Number(grade));
    }
  }
  return grades;
};

/** How one query was answered. */
export type JudgedAnswer = { readonly query: JudgedQuery; readonly nDCG: number; readonly found: readonly string[]; readonly missed: readonly string[] };

/** nDCG@10 of one query: gain 2^grade − 1, discount log2(rank + 1); where nothing is wanted, 1 for nothing found and 0 otherwise. */
export const answer = (query: JudgedQuery, order: (place: JudgedQuery[1], typed: string) => readonly string[]): JudgedAnswer => {
  const grades = gradesOf(query);
  const found = order(query[1], query[2]);
  const best = sumUp([...grades.values()].sort((one, other) => other - one));
  const nDCG = grades.size === 0 ? Number(found.length === 0) : sumUp(found.map((key) => grades.get(key) ?? 0)) / best;
  return { query, nDCG, found, missed: [...grades].filter(([key, grade]) => grade > 1 && !found.includes(key)).map(([key]) => key) };
};

/** The order in which the product's own search answers. */
export const searched = (place: JudgedQuery[1], typed: string): readonly string[] =>
  findMatches(judgedSnapshots[place].index, typed).flatMap(({ id }) => keyOf.get(id) ?? []);

/** All judged queries, answered by the product's own search. */
export const answerAll = (order = searched): readonly JudgedAnswer[] => queries.map((query) => answer(query, order));

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A line for each class of queries: how many, mean nDCG@10, and the worst query. */
export const reportByKind = (answers: readonly JudgedAnswer[]): readonly string[] =>
  [...Map.groupBy(answers, ({ query: [kind] }) => kind)].map(([kind, own]) => {
    const worst = own.toSorted((one, other) => one.nDCG - other.nDCG)[0];
    return `${kind.padEnd(16)} ${String(own.length).padStart(3)}  nDCG@10 ${mean(own.map(({ nDCG }) => nDCG)).toFixed(4)}  worst ${(worst?.nDCG ?? 0).toFixed(3)} ${worst?.query[2].slice(0, 24) ?? ''}`;
  });
