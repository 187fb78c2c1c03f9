import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSources, citedSources, readDocuments } from '#cli/citedSources.ts';
import { documentKey, sourceFaults, type CitedSource, type DocumentRow } from '#domain/guidance/documents.ts';

const root = join(import.meta.dirname, '../../..');
const law: DocumentRow = { title: '疫苗管理法', number: null, issuer: '全国人大常委会', year: 2019, confidence: 'A' };
const guide: DocumentRow = { title: '照护指南（试行）', number: '国卫办妇幼函〔2022〕409号', issuer: '国家卫生健康委办公厅', year: 2022, confidence: 'C' };
const cite = (row: DocumentRow, changed: Partial<DocumentRow> = {}, file = 'a.md'): CitedSource => ({ ...row, ...changed, file });

test('every page and table cites a document as the register has it', () => {
  expect(citedSources(root).length).toBeGreaterThan(250);
  expect(readDocuments(root).length).toBeGreaterThan(40);
  expect(checkSources(root)).toEqual([]);
});

describe('a document cited otherwise than the register has it', () => {
  test.each([
    ['its confidence', { confidence: 'B' }], ['its issuer', { issuer: '国家卫生健康委' }], ['its year', { year: 2023 }], ['its number', { number: null }],
    ['its title, the number being the same', { title: '婴幼儿照护的指南' }], ['the mark of a trial', { title: '照护指南' }], ['a part in its title', { title: '照护指南（试行）（第二章）' }],
  ] as const)('is told: %s', (_, changed) => {
    const faults = sourceFaults([law, guide], [cite(law), cite(guide, changed, 'b.md')]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^b\.md cites “.*”; the register has “照护指南（试行） \| 国卫办妇幼函〔2022〕409号 \| 国家卫生健康委办公厅 \| 2022 \| C”$/);
  });
  test('under its full name, too', () => {
    expect(sourceFaults([law], [cite(law, { title: '中华人民共和国疫苗管理法（第四十七条）' })])).toHaveLength(1);
  });
});

test('one that two files cite has to be in the register; one file may cite what no other does', () => {
  expect(sourceFaults([law], [cite(guide)])).toEqual([]);
  expect(sourceFaults([law], [cite(guide), cite(guide, { title: '《照护指南》' }, 'b.md')])).toEqual(['a.md, b.md cite “照护指南（试行）”, which the register lacks; add it to data/reference/documents.json']);
  expect(sourceFaults([law, law], [])).toEqual(['the register has 疫苗管理法 twice']);
  expect(documentKey('国务院关于提高扣除标准的通知（文号待核对）')).toBe('提高扣除标准的通知');
});
