import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { runHealthPointImport } from '#cli/importHealthPoints.ts';
import { instantAt, isoDate } from '#domain/shared/dates.ts';
import { loadHealthPoints, publishSamplePoints } from '#storage/healthPoints.ts';
import { sampleHealthPoints } from '#storage/files/sampleHealthPoints.ts';
import { newId } from '#storage/ids.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const place = aPlace('hebei');
const today = isoDate.parse('2026-11-23');
const header = '类型,名称,地址,电话,街道,开放时间,时间说明,服务内容,经度,纬度,坐标系,依据文件,依据网址,核实日期';
const row = (name: string, change = '022-12345678'): string => `接种门诊,${name},某路1号,${change},,周一至周五 08:00-11:30,,儿童接种|补种,117.2,39.15,gcj02,某名单,https://example.org/a,2026-10-01`;
const list = (...names: readonly string[]): string => [header, ...names.map((name) => row(name))].join('\n');

describe.each(engines)('健康服务点 on $engine', ({ open }) => {
  let opened: Opened | undefined;
  const storage = () => { if (!opened) throw new Error('not opened'); return opened.storage; };
  beforeAll(async () => { opened = await open(); });
  afterAll(() => opened?.leave());

  const run = async (content: string | Uint8Array, change: { readonly commit?: boolean; readonly acceptMissing?: number; readonly on?: typeof today } = {}) => {
    const said: string[] = [];
    const on = change.on ?? today;
    const code = await runHealthPointImport({
      storage: storage(), jurisdiction: place, fileName: 'points.csv', bytes: typeof content === 'string' ? Buffer.from(content) : content, commit: change.commit ?? true, acceptMissing: change.acceptMissing,
      today: on, now: instantAt(on, '10:00'), newId, print: (line) => said.push(line), complain: (line) => said.push(line),
    });
    return { code, said };
  };
  const held = async () => (await loadHealthPoints(storage().read, place.code)).filter(({ sample }) => !sample).map(({ name, missingSince }) => [name, missingSince]);

  test('a dry run writes nothing; a commit writes points, its event and raises the revision; samples stay', async () => {
    await publishSamplePoints(storage(), place.code, sampleHealthPoints(place, today), () => ({ id: newId(), jurisdiction: place.code, at: instantAt(today, '09:00'), kind: 'sample-health-points-loaded', actor: 'system', objectKind: 'directory', objectId: place.code, detail: {} }));
    const before = await storage().revision(place.code);
    expect((await run(list('甲门诊', '乙门诊'), { commit: false })).said.at(-1)).toContain('Dry run');
    expect([await held(), await storage().revision(place.code)]).toEqual([[], before]);
    expect((await run(list('甲门诊', '乙门诊'))).code).toBe(0);
    expect(await held()).toEqual([['乙门诊', null], ['甲门诊', null]].toSorted());
    expect(await storage().revision(place.code)).toBe(before + 1);
    const events = await storage().read.selectFrom('audit_event').select(['kind', 'detail']).where('kind', '=', 'health-points-imported').execute();
    expect(events.map(({ detail }) => JSON.parse(detail))).toMatchObject([{ rows: 2, added: 2, missing: 0 }]);
    const [one] = (await loadHealthPoints(storage().read, place.code)).filter(({ name }) => name === '甲门诊');
    expect(one).toMatchObject({ kind: 'vaccination', phone: '022-12345678', services: ['儿童接种', '补种'], point: { lng: 117.2, lat: 39.15, crs: 'gcj02' }, confirmedOn: '2026-10-01', source: { title: '某名单', url: 'https://example.org/a', readOn: today } });
    expect(one?.hours).toHaveLength(5);
    expect(await storage().read.selectFrom('health_point').select('id').where('sample', '=', 1).execute()).toHaveLength(7);
  });

  test('a point that is left out is missing since that day, and returns', async () => {
    await run(list('甲门诊'));
    expect(await held()).toContainEqual(['乙门诊', '2026-11-23']);
    expect((await run(list('甲门诊', '乙门诊'))).said).toContain('Returned: 1');
    expect(await held()).toContainEqual(['乙门诊', null]);
  });

  test('a list cut off is refused and nothing of it stays, until the number is named', async () => {
    await run(list('甲门诊', '乙门诊', '丙门诊', '丁门诊'));
    const [before, revision] = [await held(), await storage().revision(place.code)];
    expect(await run(list('甲门诊'))).toMatchObject({ code: 2 });
    expect([await held(), await storage().revision(place.code)]).toEqual([before, revision]);
    expect(await run(list('甲门诊'), { acceptMissing: 2 })).toMatchObject({ code: 2 });
    expect(await run(list('甲门诊'), { acceptMissing: 3 })).toMatchObject({ code: 0 });
  });

  test('faults are named by line and column, and nothing is written', async () => {
    const bad = [header, '药店,甲,,abc,无此街道,上午,,,117.2,,,,ftp://x,2027-01-01', row('戊门诊'), row('戊门诊')].join('\n');
    const { code, said } = await run(bad);
    expect(code).toBe(1);
    for (const column of ['类型', '名称', '电话', '街道', '开放时间', '纬度', '坐标系', '依据网址', '核实日期']) expect(said.join('\n')).toContain(`line 2, column ${column}: expected`);
    expect(said.join('\n')).toContain('line 4, column 名称: expected each kind, name and address once, but line 3 says the same');
    expect((await run(`${header},密码\n${row('己门诊')},1`)).said[0]).toMatch(/^line 1, column 密码: expected one of /);
    expect((await run(header)).said[0]).toBe('line 2: expected at least one row, got none');
    expect((await run('名称,地址\n甲门诊,某路')).said[0]).toContain('column kind: expected this column (or 类型), got none');
    expect((await held()).flat()).not.toContain('戊门诊');
  });

  test('a workbook reads like a CSV', async () => {
    const cells = list('甲门诊').split('\n').map((line) => line.split(',').map((value) => ({ value, type: String })));
    const sheet = await writeXlsx(cells).toBuffer();
    expect(await run(sheet)).toMatchObject({ code: 0 });
    expect(await held()).toContainEqual(['甲门诊', null]);
  });
});
