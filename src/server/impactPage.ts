import type { MappedColumn } from '#domain/audit/dataMap.ts';
import { impactOf, type Impact } from '#domain/audit/impact.ts';
import { byRightsText, columnText, dataBasisText, dataGuardText, dataOwnerText, dataTermText, mappedTableText } from '#text/dataMap.ts';
import { impactText as words, processingText } from '#text/impact.ts';

const join = (parts: readonly string[]): string => [...new Set(parts)].join('、');
const contentOf = ({ column }: MappedColumn): string => columnText[column] ?? column;
const guardOf = ({ guard }: MappedColumn): string => (guard === null ? byRightsText : dataGuardText[guard]);

/** How the columns of a kind of processing are guarded: what is sealed, what only hashed, the rest by rights. */
const guardLines = ({ columns }: Impact): readonly string[] =>
  [...Map.groupBy(columns.filter(({ guard }) => guard !== null), guardOf)].map(([how, of]) => words.guarded(how, join(of.map(contentOf))));

/** 个人信息保护影响评估表, one block for each kind of processing. */
export function impactView() {
  const all = impactOf();
  const blocks = all.map((impact) => {
    const { name, purpose, goes, risks } = processingText[impact.processing];
    const tables = [...Map.groupBy(impact.columns, ({ table }) => table)].map(([table, columns]) => `${mappedTableText[table]}（${join(columns.map(contentOf))}）`);
    return {
      name,
      facts: [
        { name: words.rows.whose, value: join(impact.owners.map((owner) => dataOwnerText[owner])) }, { name: words.rows.purpose, value: purpose }, { name: words.rows.basis, value: impact.bases.map((basis) => dataBasisText[basis].basis).join('；') },
        { name: words.rows.goes, value: goes }, { name: words.rows.keep, value: impact.terms.map((term) => dataTermText[term]).join('；') },
        { name: words.rows.guard, value: [...guardLines(impact), `其余${byRightsText}。`].join('') }, { name: words.rows.level, value: null, missing: words.unknown },
      ],
      tables, risks: risks.map(({ risk, measure }) => [risk, measure]),
    };
  });
  return { blocks, count: words.count(all.length, all.reduce((sum, { columns }) => sum + columns.length, 0)) };
}

/** The same, one row for each personal column of the data map. */
export const impactRows = (): readonly (readonly string[])[] => impactOf().flatMap((impact) => {
  const { name, purpose, goes, risks } = processingText[impact.processing];
  return impact.columns.map((column) => [
    name, mappedTableText[column.table], column.column, contentOf(column), dataOwnerText[column.whose], purpose, dataBasisText[column.basis].basis, goes, dataTermText[column.keep], guardOf(column),
    risks.map(({ risk }) => risk).join('；'), risks.map(({ measure }) => measure).join(''), words.unknown,
  ]);
});
