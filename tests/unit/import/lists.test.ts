import { expect, test } from 'vitest';
import type { Institution } from '#domain/directory/model.ts';
import { aCreditCode, registryCells, registryHeading } from '#tests/builders/registryList.ts';
import { aPlace, fullCsv, projectFile, readList } from '#tests/builders/importList.ts';

const hebei = aPlace('hebei');
const institutionsOf = async (...asked: Parameters<typeof readList>): Promise<readonly Institution[]> => {
  const { list, problems } = await readList(...asked);
  expect(problems.sentences).toEqual([]);
  return list.rows.map(({ institution }) => institution);
};
const faultsOf = async (...asked: Parameters<typeof readList>): Promise<readonly string[]> => (await readList(...asked)).problems.sentences;
const registry = (...changes: readonly Parameters<typeof registryCells>[2][]): string =>
  [registryHeading, ...changes.map((change, index) => registryCells(hebei, index + 1, change).map((cell) => `"${cell}"`).join(','))].join('\n');

test.each(['registry-utf8-bom.csv', 'registry-gb18030.csv'])('%s is read with its headings, days and areas', async (name) => {
  const found = await institutionsOf(hebei, projectFile('tests/fixtures/import', name));
  expect(found).toMatchObject([
    { name: '示例小森林托育服务有限公司', aliases: ['示例小森林', '示例森林宝宝'], subdistrict: '120105008', county: null, nature: 'forProfit', creditCode: aCreditCode(1), credential: { receiptedOn: '2024-09-28' } },
    { name: '示例暖芽托育服务中心', subdistrict: '120105009', address: '示例路 16号（二层）', nature: 'socialService', credential: { receiptedOn: '2023-06-01' } },
    { name: '示例青禾托育园', subdistrict: null, nature: 'publicInstitution', credential: { receiptedOn: '2022-11-08' } },
  ]);
});

test('the registry gives a filing without a number, kept by the place, and guesses nothing else', async () => {
  const [found] = await institutionsOf(hebei, registry({}));
  expect(found?.credential).toEqual({ kind: 'filing', state: 'receipted', number: null, receiptedOn: '2024-09-28', authority: hebei.filingAuthority, since: null, decisionNumber: null });
  expect(found).toMatchObject({ kind: null, ownership: null, phone: null, modes: [], bands: [], fees: [], admission: null, hours: [], recognitions: [], confirmedOn: null, sample: false });
});

test('every fault of a list is named with its line and column, at once', async () => {
  const { problems, warnings } = await readList(hebei, projectFile('tests/fixtures/import/registry-faults.csv'));
  expect(problems.sentences).toEqual([
    'line 2, column credit_code: expected 18 characters whose last is the right check digit, got "911201000000000010"',
    `line 7, column zoning_code: expected the code of a subdistrict of ${hebei.name}, got "120105099"`,
    'line 7, column finished_time: expected a day such as 2024-09-28, got "2024-02-30"',
    `line 8, column zoning_code: expected a division code of ${hebei.name} (120105), got "110101"`,
    expect.stringMatching(/^line 8, column institution_type: expected one of .*事业单位.*, got "街道办"$/),
    `line 9, column credit_code: expected each credit code once (it stands on line 3 too), got "${aCreditCode(2)}"`,
    'line 10, column institution_name: expected each name and address once (they stand on line 5 too), got "示例青禾托育园"',
  ]);
  expect(problems.count).toBe(7);
  expect(warnings.sentences).toContain('line 10, column credit_code: empty; the institution is known by its name and address');
});

test('full-width digits and letters are read as plain ones', async () => {
  const wide = (text: string): string => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  const [found] = await institutionsOf(hebei, registry({ code: wide('120105'), credit: wide(aCreditCode(7)), time: wide('2024-05-06') }));
  expect(found).toMatchObject({ creditCode: aCreditCode(7), credential: { receiptedOn: '2024-05-06' } });
});

test('another code of a subdistrict is recognised, and the warning names the one it is kept under', async () => {
  const xiacheng = aPlace('xiacheng');
  const { list, warnings } = await readList(xiacheng, registry({ code: '330105013', zone: '' }));
  expect(list.rows[0]?.institution.subdistrict).toBe('330103002');
  expect(warnings.sentences).toContain('line 2, column zoning_code: code 330105013 also stands for 武林街道, recorded under 330103002');
});

test('in a city the county is kept, and a code of the whole city leaves it open', async () => {
  const city = aPlace('daqing');
  expect(await institutionsOf(city, registry({ code: '230602', zone: '' }, { code: '230602013', zone: '' }, { code: '230600', zone: '' }))).toMatchObject([
    { county: '230602', subdistrict: null }, { county: '230602', subdistrict: '230602013' }, { county: null, subdistrict: null },
  ]);
  expect(await faultsOf(city, registry({ code: '230702' }))).toEqual([expect.stringContaining(`expected a division code of ${city.name} (${city.code}), got "230702"`)]);
});

test('a future day of filing, a short row and an unknown heading are faults or warnings', async () => {
  expect(await faultsOf(hebei, registry({ time: '2026-11-23' }))).toEqual(['line 2, column finished_time: expected a day not after 2026-11-22, got "2026-11-23"']);
  expect(await faultsOf(hebei, `${registry({})}\n示例暖芽,,x`)).toEqual(['line 3: expected 8 cells, got 3']);
  expect((await readList(hebei, `${registryHeading},remark\n${registryCells(hebei, 1).join(',')},x`)).warnings.sentences[0]).toBe('line 1, column remark: not read');
  expect(await faultsOf(hebei, fullCsv({}).replace('aliases', 'alias'))).toEqual(['line 1, column alias: expected a known column, got "alias"']);
  expect(await faultsOf(hebei, 'name,address\n示例,x')).toContain('line 1, column credential_kind: expected this column (or 资质种类), got none');
  await expect(readList(hebei, 'a,b\n1,2')).rejects.toThrow('line 1: expected the headings of the national filing registry');
});

test('two hundred faults are listed and all are counted', async () => {
  const { problems } = await readList(hebei, registry(...Array.from({ length: 260 }, () => ({ time: 'soon' }))));
  expect([problems.sentences.length, problems.count, problems.sentences[0]?.slice(0, 7)]).toEqual([200, 260, 'line 2,']);
});

test('a full list says everything its cells say', async () => {
  const [found, group] = await institutionsOf(hebei, projectFile('tests/fixtures/import/full.csv'));
  expect(found).toMatchObject({
    name: '示例小森林托育园', subdistrict: '120105008', kind: 'independent', ownership: 'privateNonProfit', nature: 'socialService', modes: ['fullDay', 'hourly'], confirmedOn: '2026-11-18',
    bands: [
      { band: 'infant', places: 10, free: 2, confirmedOn: '2026-11-18', availableFrom: null }, { band: 'older', places: 20, free: null, confirmedOn: '2026-11-18', availableFrom: '2027-03' },
    ],
    admission: { rule: 'byMonths', min: 6, max: 36 }, feesFrom: '2026-09-01',
    fees: [
      { item: 'care', mode: 'fullDay', band: null, amount: 198_000, per: 'month', required: true, note: null }, { item: 'meals', mode: null, amount: 40_000, per: 'month', required: true },
      { item: 'extension', amount: 1_000, per: 'time', required: false },
    ],
    recognitions: [{ authority: '示例认定机关', documentNumber: null, from: '2026-01-01', until: '2026-12-31', places: [{ band: 'older', places: 20 }], priceCeiling: 198_000, audience: null }],
    opensInSchoolHolidays: true, extendedUntil: '19:30', mealsProvided: true, openToNeighbours: null, accepts: { allergy: true, medicine: false, specialNeeds: null }, point: { lng: 117.2015, lat: 39.1566, crs: 'gcj02' },
    credential: { kind: 'filing', state: 'receipted', authority: hebei.filingAuthority },
  });
  expect(found?.hours).toHaveLength(6);
  expect(found?.hours.at(-1)).toEqual({ weekday: 6, opens: '08:00', closes: '12:00' });
  expect(group).toMatchObject({
    kind: 'kindergartenClass', ownership: 'public', modes: ['fullDay'], admission: { rule: 'byCohort', entryMonth: '2027-09', bornFrom: '2024-09', bornUntil: '2025-08' },
    fees: [{ item: 'care', amount: 98_050 }, { item: 'meals', amount: null, per: 'month' }], credential: { kind: 'kindergarten', authority: null }, openToNeighbours: false, accepts: { allergy: null, medicine: null, specialNeeds: true },
  });
});

test.each([
  [{ bands: 'infant:10:12', confirmed_on: '2026-11-01' }, 'column bands: expected at most as many free places as places'],
  [{ bands: 'infant:10:2' }, 'column confirmed_on: expected the day on which the free places were confirmed'],
  [{ bands: 'infant:10|infant:5' }, 'column bands: expected each band once'],
  [{ available_from: 'older:2027-03' }, 'column available_from: expected only bands that the column bands states'],
  [{ modes: 'fullDay|allDay' }, 'column modes: expected one of fullDay (全日托)'],
  [{ admission: 'months:36-12' }, 'column admission: expected months:12-36'],
  [{ admission: 'cohort:2027-09:2025-08..2024-09' }, 'the earlier month first'],
  [{ fees: 'care:fullDay:1980.555/month' }, 'column fees: expected item:mode:yuan/period'],
  [{ fees: 'care:fullDay:1980/month:maybe' }, 'then optional or required'],
  [{ recognition: '示例机关;-;2026-12-31;2026-01-01;older:20;1980' }, 'does not end before it begins'],
  [{ hours: '1-5 18:00-07:30' }, 'column hours: expected weekdays and clock times'],
  [{ lng: '117.2' }, 'column lat: expected longitude, latitude and system together'],
  [{ lng: '39.1', lat: '117.2', crs: 'wgs84' }, 'column lng: expected a number from 73 to 136'],
  [{ lng: '117.2', lat: '39.1', crs: 'bd09' }, 'column crs: expected wgs84 or gcj02'],
  [{ accepts: 'allergy' }, 'column accepts: expected allergy:yes'],
  [{ accepts: 'allergy:yes|allergy:no' }, 'column accepts: expected each condition once'],
  [{ credential_kind: 'licence' }, 'column credential_kind: expected one of filing (备案), kindergarten (幼儿园办园资质)'],
  [{ credential_state: '' }, 'column credential_state: expected one of planned'],
  [{ subdistrict: '示例街道' }, `column subdistrict: expected the name or code of a subdistrict of ${hebei.name}`],
  [{ county: '萨尔图区' }, 'column county: expected 河北区 (120105)'],
  [{ phone: '请致电' }, 'column phone: expected a phone number'],
  [{ name: '园' }, 'column name: expected text of 2 to 100 characters'],
  [{ school_holidays: 'maybe' }, 'column school_holidays: expected yes or no (是 or 否), got "maybe"'],
])('a full list with %j is refused by line and column', async (change, message) => {
  const faults = await faultsOf(hebei, fullCsv(change));
  expect(faults.join('\n')).toContain(message);
  expect(faults.every((fault) => fault.startsWith('line 2, column '))).toBe(true);
});

test.each(['hebei', 'daqing', 'zezhou', 'xiacheng'])('the template can be read for %s', async (slug) => {
  expect(await institutionsOf(aPlace(slug), projectFile('data/samples/template.csv'))).toHaveLength(2);
});

test('what a fault shows of a cell is one short line', async () => {
  const [fault] = await faultsOf(hebei, registry({ time: `x\u0007\n${'长'.repeat(90)}` }));
  expect(fault).toContain('"x\\u0007\\u000a长');
  expect(fault).toMatch(/长…"$/);
});
