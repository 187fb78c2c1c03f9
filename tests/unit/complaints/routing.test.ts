import { describe, expect, test } from 'vitest';
import { bodyName, routeOf } from '#domain/complaints/routing.ts';
import { subjects, type Subject } from '#domain/jurisdiction/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { statedDuties } from '#tests/unit/complaints/statedDuties.ts';

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

test.each(statedDuties)('an express duty answers as written: %s, %s %s to %s', (slug, subject, topic, lead, joint) => {
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
