import { describe, expect, test } from 'vitest';
import { bodyName, routeOf } from '#domain/complaints/routing.ts';
import { subjects, type Subject } from '#domain/jurisdiction/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';

const places = loadJurisdictions(findDataFolder());
const placeOf = (slug: string) => {
  const place = places.find((one) => one.slug === slug);
  if (!place) throw new Error(`no place ${slug}`);
  return place;
};

// Typed from the four documents line by line: lead (— none), basis (S stated, L listed, D derived, N not stated), line.
const table: Readonly<Record<Subject, Readonly<Record<'hebei' | 'daqing' | 'zezhou' | 'xiacheng', string>>>> = {
  abuse: { hebei: 'subdistrict-offices D 129', daqing: '— L 25', zezhou: '— L 67', xiacheng: 'health D 80' },
  unfiled: { hebei: 'health S 59', daqing: '— L 24', zezhou: 'health-sports S 125', xiacheng: 'health S 30' },
  safety: { hebei: 'subdistrict-offices S 63', daqing: '— L 29', zezhou: 'police S 133', xiacheng: 'police S 88' },
  fire: { hebei: 'fire-rescue S 123', daqing: '— L 29', zezhou: 'fire-rescue S 157', xiacheng: 'fire-rescue S 99' },
  food: { hebei: 'market-regulation S 127', daqing: '— L 29', zezhou: 'market-regulation S 151', xiacheng: 'market-regulation S 83' },
  health: { hebei: 'health S 61', daqing: '— L 29', zezhou: 'health-sports S 125', xiacheng: 'health S 80' },
  staff: { hebei: 'health S 66', daqing: '— L 25', zezhou: '— L 77', xiacheng: 'health S 29' },
  fee: { hebei: 'subdistrict-offices D 129', daqing: 'health D 41', zezhou: 'health-sports D 125', xiacheng: 'market-regulation S 83' },
  kindergarten: { hebei: 'education S 42', daqing: '— L 15', zezhou: 'education S 131', xiacheng: 'education S 25' },
  premises: { hebei: 'housing-construction S 119', daqing: '— L 12', zezhou: 'housing-construction S 145', xiacheng: 'housing-construction S 91' },
  leave: { hebei: '— L 30', daqing: '— L 18', zezhou: 'human-resources S 141', xiacheng: 'health D 80' },
  facility: { hebei: 'subdistrict-offices D 129', daqing: '— L 21', zezhou: '— L 49', xiacheng: 'health D 80' },
  guidance: { hebei: 'health S 39', daqing: '— L 20', zezhou: 'health-sports S 125', xiacheng: 'health S 24' },
  product: { hebei: 'subdistrict-offices D 129', daqing: 'health D 41', zezhou: 'market-regulation S 151', xiacheng: 'health D 80' },
  official: { hebei: '— N —', daqing: '— N —', zezhou: '— N —', xiacheng: '— N —' },
  other: { hebei: 'subdistrict-offices D 129', daqing: 'health D 41', zezhou: 'health-sports D 125', xiacheng: 'health D 80' },
};
const letters = { 'stated-lead': 'S', 'listed-jointly': 'L', derived: 'D', 'not-stated': 'N' } as const;

describe.each(['hebei', 'daqing', 'zezhou', 'xiacheng'] as const)('%s', (slug) => {
  test.each(subjects.map((subject) => [subject] as const))('%s goes to whom its document says', (subject) => {
    const { lead, joint, basis, line, historical } = routeOf(placeOf(slug), { subject });
    expect(`${lead ?? '—'} ${letters[basis]} ${line ?? '—'}`).toBe(table[subject][slug]);
    expect(historical).toBe(slug === 'xiacheng');
    expect([basis === 'listed-jointly' && joint.length === 0, lead !== null && joint.includes(lead)]).toEqual([false, false]);
  });
});

/** Rows with an express duty (E) of the routing table that fall under a subject: place, subject, topic, lead, who joins. */
const stated: readonly (readonly [string, Subject, string | null, string, readonly string[]])[] = [
  ['hebei', 'unfiled', null, '区卫生健康委', ['区委编办', '区市场监管局', '区民政局', '区政务服务办']], ['hebei', 'unfiled', '营利性机构登记', '区市场监管局', ['区卫健委']], ['hebei', 'unfiled', '非营利性机构登记', '区民政局', ['区政务服务办']], ['hebei', 'unfiled', '事业单位性质机构申请审批', '区委编办', ['区政务服务办']],
  ['hebei', 'safety', null, '街道办事处', ['区应急局', '区消防救援支队', '辖区派出所']], ['hebei', 'safety', '安全防范', '公安河北分局', ['街道']], ['hebei', 'safety', '安全生产', '区应急局', ['街道']], ['hebei', 'fire', null, '区消防救援支队', ['街道']], ['hebei', 'food', null, '区市场监管局', ['区卫健委', '区疾控中心']],
  ['hebei', 'health', null, '区卫生健康委', ['区妇女儿童保健中心', '区疾控中心', '区卫生计生监督所', '区市场监管局']], ['hebei', 'staff', null, '区卫生健康委', ['区市场监管局', '区疾控中心']], ['hebei', 'staff', '从业人员培训与劳动权益', '区人社局', []], ['hebei', 'kindergarten', null, '区教育局', ['区发展改革委']],
  ['hebei', 'premises', null, '区住房建设委', ['市规划资源局河北分局']], ['hebei', 'guidance', null, '区卫生健康委', ['区妇联']], ['daqing', 'other', '质量评估', '市卫健委', ['市教育局', '市民政局', '高新区', '各县区']],
  ['zezhou', 'unfiled', null, '县卫生健康和体育局', ['县行政审批服务管理局', '各乡镇']], ['zezhou', 'safety', null, '县公安局', []], ['zezhou', 'fire', null, '县消防救援大队', []], ['zezhou', 'food', null, '县市场监督管理局', ['县卫体局']], ['zezhou', 'product', null, '县市场监督管理局', []], ['zezhou', 'health', null, '县卫生健康和体育局', []],
  ['zezhou', 'unfiled', '事业单位登记', '县委编办', []], ['zezhou', 'premises', null, '县住房保障和城乡建设局', []], ['zezhou', 'staff', '人才培养', '县教育局', ['县卫体局', '各乡镇']], ['zezhou', 'leave', null, '县人力资源和社会保障局', ['县总工会', '县妇联', '县卫体局', '县教育局']], ['zezhou', 'leave', '女职工权益', '县总工会', []], ['zezhou', 'staff', '女性从业人员权益', '县妇联', []],
  ['zezhou', 'facility', '交通场所', '县交通运输局', []], ['zezhou', 'facility', '旅游景点', '县文化和旅游局', []],
  ['xiacheng', 'other', '日常监督管理', '各街道', []], ['xiacheng', 'unfiled', null, '区卫健局', ['各街道', '区民政局', '教育局', '区市场监管局', '消防救援下城大队']], ['xiacheng', 'unfiled', '营利性机构登记', '区市场监管局', []], ['xiacheng', 'unfiled', '民办非企业单位登记', '区民政局', []], ['xiacheng', 'food', null, '区市场监管局', []],
  ['xiacheng', 'fee', null, '区市场监管局', ['区发改局']], ['xiacheng', 'safety', null, '区公安分局', []], ['xiacheng', 'safety', '应急安全', '区应急管理局', []], ['xiacheng', 'fire', null, '消防救援下城大队', []], ['xiacheng', 'premises', null, '区住建局', []], ['xiacheng', 'premises', '环境保护', '生态环境下城分局', []],
  ['xiacheng', 'health', null, '区卫健局', ['区妇幼保健计划生育服务中心']], ['xiacheng', 'kindergarten', null, '区教育局', ['区卫健局']], ['xiacheng', 'staff', '从业人员培训', '区教育局', ['区卫健局', '区人社局']], ['xiacheng', 'guidance', null, '区卫健局', ['区妇联', '各街道']], ['xiacheng', 'staff', '女性从业人员维权', '区妇联', []],
];

test.each(stated)('an express duty answers as written: %s, %s %s to %s', (slug, subject, topic, lead, joint) => {
  const place = placeOf(slug);
  const named = (key: string): readonly string[] => place.departments.filter((one) => one.key === key).flatMap(({ name, aliases }) => [name, ...aliases]);
  const route = routeOf(place, { subject, topic });
  expect(named(route.lead ?? '')).toContain(lead);
  const joining = route.joint.flatMap(named);
  for (const one of joint) expect(joining).toContain(one);
});

describe('besides the table', () => {
  test('the street leads in 河北区 once several laws are touched; elsewhere nothing changes', () => {
    expect(routeOf(placeOf('hebei'), { subject: 'food', severalLaws: true })).toMatchObject({ lead: 'subdistrict-offices', joint: ['market-regulation', 'health', 'disease-control'], basis: 'stated-lead', line: 129 });
    for (const slug of ['daqing', 'zezhou', 'xiacheng']) expect(routeOf(placeOf(slug), { subject: 'food', severalLaws: true })).toEqual(routeOf(placeOf(slug), { subject: 'food' }));
  });

  test('a class in a kindergarten is the education department’s where supervision in general would answer, and it joins elsewhere', () => {
    const asked = (slug: string, subject: Subject) => routeOf(placeOf(slug), { subject, institutionKind: 'kindergartenClass' });
    for (const slug of ['hebei', 'zezhou', 'xiacheng']) for (const subject of ['other', 'unfiled', 'kindergarten'] as const) expect([slug, subject, asked(slug, subject).lead]).toEqual([slug, subject, 'education']);
    expect(asked('daqing', 'other')).toMatchObject({ lead: null, basis: 'listed-jointly', line: 15 });
    expect(asked('hebei', 'fire')).toMatchObject({ lead: 'fire-rescue', joint: ['subdistrict-offices', 'education'] });
    expect(asked('hebei', 'abuse')).toMatchObject({ lead: 'education', joint: ['police', 'health', 'subdistrict-offices'] });
    expect(asked('hebei', 'official').lead).toBeNull();
  });

  test('a topic without a row answers as its subject; a place that is silent answers with nobody', () => {
    expect(routeOf(placeOf('hebei'), { subject: 'fee', topic: '关停失联未退费' })).toEqual(routeOf(placeOf('hebei'), { subject: 'fee' }));
    expect(routeOf({ ...placeOf('hebei'), duties: [] }, { subject: 'fee' })).toMatchObject({ lead: null, joint: [], basis: 'not-stated' });
  });

  test('streets, towns and counties are named as their own where the matter lies', () => {
    const nowhere = { subdistrict: null, county: null };
    expect(bodyName(placeOf('hebei'), 'subdistrict-offices', { ...nowhere, subdistrict: subdistrictCode.parse('120105002') })).toBe('望海楼街道办事处');
    expect(bodyName(placeOf('zezhou'), 'townships', { ...nowhere, subdistrict: subdistrictCode.parse('140525100') })).toBe('南村镇人民政府');
    expect(bodyName(placeOf('daqing'), 'county-governments', { ...nowhere, county: '230602' })).toBe('萨尔图区人民政府');
    expect(bodyName(placeOf('hebei'), 'subdistrict-offices', nowhere)).toBe('天津市河北区各街道办事处');
  });
});
