// 数据清单: holds exactly what the schema holds, and says something of every column.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mappedColumns } from '#domain/audit/dataMap.ts';
import { columnText, mappedTableText } from '#text/dataMap.ts';

/** Tables and columns as src/storage/schema.ts types them. */
function schemaColumns(): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../src/storage/schema.ts'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const keys = /export type KeyDatabase = \{ (.*) \};/.exec(text)?.[1] ?? '';
  const body = `${/export type Database = \{\n([\s\S]*?)\n\};/.exec(text)?.[1] ?? ''}\n  ${keys};`;
  return [...body.matchAll(/^ {2}(\w+): \{([\s\S]*?)\};$/gm)].flatMap(([, table = '', columns = '']) => [...columns.matchAll(/(\w+): /g)].map(([, column = '']) => `${table}.${column}`));
}

test('every column of the schema stands in the map once, and the map holds nothing else: a new column says whose it is, in src/domain/audit/dataMap.ts and src/text/dataMap.ts', () => {
  const mapped = mappedColumns().map(({ table, column }) => `${table}.${column}`);
  expect(schemaColumns().length).toBeGreaterThan(600);
  expect(new Set(mapped).size).toBe(mapped.length);
  expect(mapped.toSorted()).toEqual(schemaColumns().toSorted());
});

test('every column has words, and no words are left of a column that is gone', () => {
  const names = new Set(mappedColumns().map(({ column }) => column));
  expect([...names].filter((name) => columnText[name] === undefined), 'add them to src/text/dataMap.ts').toEqual([]);
  expect(Object.keys(columnText).filter((name) => !names.has(name))).toEqual([]);
  expect(new Set(Object.values(mappedTableText)).size).toBe(Object.keys(mappedTableText).length);
});

test('whatever is sealed, hashed or keyed by its name is mapped as guarded, and what a child or a family gave in words is never plain', () => {
  for (const { table, column, guard } of mappedColumns()) if (/^sealed|_hash$|_key$/.test(column) && !/^(?:file_hash|source_hash|row_hash|row_key|name_key|dedup_key|department_key|lead_key|image_hash)$/.test(column)) expect(guard, `${table}.${column}`).not.toBeNull();
});
