import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkQuotes } from '#storage/files/seedQuotes.ts';
import { copyOfData, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const root = resolve(import.meta.dirname, '../../..');
const seeds = resolve(root, '../shared/seeds');
const run = (...flags: readonly string[]): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli/check-data.ts'), ...flags], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

describe('data:check', () => {
  test('passes on the repository’s data', () => {
    const { status, output } = run();
    expect(output).toContain('Data sound.');
    expect(status).toBe(0);
  });

  test('prints every fault and exits 1', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/120105/duties.csv', 'fire,,fire-rescue', 'fire,,fire-brigade');
    spoil(data, 'rules/cn-2019.json', '"classSize": 10', '"classSize": "十"');
    const { status, output } = run('--data', data);
    expect(status).toBe(1);
    expect(output).toContain('column lead: expected a key of departments.csv, got "fire-brigade"');
    expect(output).toContain('data/rules/cn-2019.json, key bands.0.classSize: expected a number, got "十"');
    expect(output).toContain('2 faults.');
  });

  test('a named seeds folder that is not there, and an unknown flag, are bad input', () => {
    const missing = run('--seeds', '/nowhere/seeds');
    expect(missing.status).toBe(1);
    expect(missing.output).toContain('QUOTES WERE NOT CHECKED');
    const flag = run('--sead', 'x');
    expect(flag.status).toBe(1);
    expect(flag.output).toContain('usage: check-data');
  });
});

describe('quotes', () => {
  test('a quote is compared with its own line only, white space aside', () => {
    const data = copyOfData();
    const texts = join(data, '../texts');
    mkdirSync(texts);
    const names = ['tianjin-hebei-district-2020.txt', 'daqing-2021.txt', 'zezhou-county-2022.txt', 'hangzhou-xiacheng-2019.txt'];
    for (const name of names) writeFileSync(join(texts, name), '');
    const quote = '区消防救援支队负责依法开展各类婴幼儿照护服务场所的消防监督检查工作';
    const complaintAboutFire = (): readonly string[] => checkQuotes(data, texts).problems.filter((problem) => problem.includes(`got "${quote}"`));
    expect(complaintAboutFire()).toEqual([`data/jurisdictions/120105/duties.csv line 10, column quote: expected words that stand at line 123 of tianjin-hebei-district-2020.txt, got "${quote}"`]);
    writeFileSync(join(texts, names[0] ?? ''), `${'\n'.repeat(121)}${quote}。`);
    expect(complaintAboutFire()).toHaveLength(1);
    writeFileSync(join(texts, names[0] ?? ''), `${'\n'.repeat(122)}  ${quote.replace('负责', ' 负责 ')}。`);
    expect(complaintAboutFire()).toEqual([]);
  });

  test.skipIf(!existsSync(seeds))('every quote stands in the stored texts, and a changed one is found', () => {
    expect(checkQuotes(realData, seeds)).toMatchObject({ problems: [] });
    const data = copyOfData();
    spoil(data, 'jurisdictions/140525/duties.csv', '负责做好婴幼儿照护服务机构备案工作', '负责做好婴幼儿照护服务机构许可工作');
    expect(checkQuotes(data, seeds).problems).toEqual(['data/jurisdictions/140525/duties.csv line 3, column quote: expected words that stand at line 125 of zezhou-county-2022.txt, got "负责做好婴幼儿照护服务机构许可工作"']);
  });
});
