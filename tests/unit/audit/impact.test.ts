// 影响评估: every personal column of the data map stands in the table once, and nothing else does.
import { expect, test } from 'vitest';
import { mappedColumns } from '#domain/audit/dataMap.ts';
import { impactOf, processings } from '#domain/audit/impact.ts';
import { impactRows, impactView } from '#server/impactPage.ts';
import { dataBasisText, dataOwnerText, dataTermText, mappedTableText } from '#text/dataMap.ts';
import { impactText, processingText } from '#text/impact.ts';

const personal = mappedColumns().filter(({ whose }) => whose === 'child' || whose === 'family' || whose === 'staff');
const named = ({ table, column }: { readonly table: string; readonly column: string }): string => `${table}.${column}`;

test('every personal column of the data map stands in one kind of processing, once: a new table says what for, in src/domain/audit/impact.ts', () => {
  expect(personal.length).toBeGreaterThan(150);
  expect(impactOf().flatMap(({ columns }) => columns).map(named).toSorted()).toEqual(personal.map(named).toSorted());
});

test('every personal column is one row of the table, with the words of the data map on whose, why and how long', () => {
  const rows = impactRows();
  expect(rows.every((row) => row.length === impactText.columns.length && row.every((cell) => cell !== ''))).toBe(true);
  const found = rows.map(([, table, column, , whose, , basis, , keep]) => [table, column, whose, basis, keep].join('|'));
  expect(found.toSorted()).toEqual(personal.map(({ table, column, whose, basis, keep }) => [mappedTableText[table], column, dataOwnerText[whose], dataBasisText[basis].basis, dataTermText[keep]].join('|')).toSorted());
});

test('the page has a block for each kind, with its own words; who is in charge is left to the organiser', () => {
  const { blocks, count } = impactView();
  expect(blocks.map(({ name }) => name)).toEqual(Object.values(processingText).map(({ name }) => name));
  expect(Object.keys(processings)).toEqual(Object.keys(processingText));
  expect(count).toContain(String(personal.length));
  for (const { facts, risks } of blocks) {
    expect(facts.at(-1)).toEqual({ name: impactText.rows.level, value: null, missing: '待主办单位填写' });
    expect(risks.length).toBeGreaterThan(0);
  }
});
