import { expect, test } from 'vitest';
import { ruleOf } from '#domain/jurisdiction/model.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

test('class sizes and ratios are those of the 2019 standard, none stated for mixed classes', () => {
  const rules = loadCareRules(realData);
  expect(rules.bands.map(({ band, classSize, childrenPerCareWorker }) => [band, classSize, childrenPerCareWorker])).toEqual([
    ['infant', 10, 3], ['toddler', 15, 5], ['older', 20, 7], ['mixed', 18, null],
  ]);
  expect(ruleOf(rules, 'mixed')).toMatchObject({ fromMonths: 18, untilMonths: 36, ratioCitation: null, sizeConfidence: 'C' });
});

test('a ratio without citation, other ages than the directory’s and an unknown key are refused', () => {
  const ages = copyOfData();
  spoil(ages, 'rules/cn-2019.json', '"untilMonths": 12', '"untilMonths": 13');
  expect(problemsOf(() => loadCareRules(ages))).toEqual(['data/rules/cn-2019.json, key bands.infant: expected months 6 to 12, got "6 to 13"']);

  const mixed = copyOfData();
  spoil(mixed, 'rules/cn-2019.json', '"childrenPerCareWorker": null', '"childrenPerCareWorker": 7');
  expect(problemsOf(() => loadCareRules(mixed))).toEqual(['data/rules/cn-2019.json, key bands.mixed: expected a ratio with its citation and confidence, or none of the three']);

  const typo = copyOfData();
  spoil(typo, 'rules/cn-2019.json', '"classSize": 15', '"clasSize": 15,\n      "classSize": 15');
  expect(problemsOf(() => loadCareRules(typo))).toEqual(['data/rules/cn-2019.json, key bands.1.clasSize: unknown key']);
});
