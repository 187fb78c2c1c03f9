import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { subjects, type Duty, type Jurisdiction } from '#domain/jurisdiction/model.ts';
import { loadJurisdictions, loadPlaceSources } from '#storage/files/jurisdictions.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const places = loadJurisdictions(realData);
const place = (slug: string): Jurisdiction => {
  const found = places.find((candidate) => candidate.slug === slug);
  if (found === undefined) throw new Error(`no place ${slug}`);
  return found;
};
const general = (slug: string, subject: Duty['subject']): Duty => {
  const found = place(slug).duties.find((duty) => duty.subject === subject && duty.topic === null);
  if (found === undefined) throw new Error(`${slug} has no duty for ${subject}`);
  return found;
};
const nameOf = (slug: string, key: string | null): string | undefined => place(slug).departments.find((department) => department.key === key)?.name;

describe('the four places', () => {
  test('all load, with the document status of each', () => {
    expect(places.map(({ code, slug, level, document }) => [code, slug, level, document.status])).toEqual([
      ['120105', 'hebei', 'district', 'validityNotStated'],
      ['140525', 'zezhou', 'county', 'validityNotStated'],
      ['230600', 'daqing', 'city', 'expired'],
      ['330103', 'xiacheng', 'district', 'areaAbolished'],
    ]);
    expect(place('daqing').document.validUntil).toBe('2025-12-31');
    expect(place('xiacheng').successor).toMatchObject({ name: '杭州市拱墅区', code: '330105' });
  });

  test('have the numbers of streets and townships of the division data', () => {
    expect(Object.fromEntries(places.map(({ slug, subdistricts }) => [slug, subdistricts.length]))).toEqual({ hebei: 10, zezhou: 16, daqing: 118, xiacheng: 8 });
    expect(place('daqing').counties.map(({ name }) => name)).toEqual(['萨尔图区', '龙凤区', '让胡路区', '红岗区', '大同区', '肇州县', '肇源县', '林甸县', '杜尔伯特蒙古族自治县', '大庆高新技术产业开发区']);
    expect(place('xiacheng').subdistricts.find(({ name }) => name === '天水街道')).toMatchObject({ code: '330103003', county: '330103', otherCodes: ['330105012'] });
  });

  test('invent no telephone number, organiser or registration number', () => {
    for (const { host, departments } of places) {
      expect(Object.values(host).every((value) => value === null)).toBe(true);
      expect(departments.every(({ phone }) => phone === null)).toBe(true);
    }
  });

  test('say where their centre comes from and that it is approximate', () => {
    for (const { code } of places) expect(loadPlaceSources(realData, code).sources.find(({ about }) => about === 'centre')?.note).toContain('近似');
  });
});

describe('who answers', () => {
  test('every subject has one general row in every place', () => {
    for (const { slug } of places) for (const subject of subjects) expect(general(slug, subject).subject).toBe(subject);
  });

  test('in 河北区 the body under 牵头部门 leads and the others join', () => {
    expect(general('hebei', 'safety')).toMatchObject({ lead: 'subdistrict-offices', basis: 'stated-lead', line: 63, joint: ['emergency', 'fire-rescue', 'police-stations', 'police'] });
    expect(nameOf('hebei', general('hebei', 'unfiled').lead)).toBe('天津市河北区卫生健康委员会');
    expect(nameOf('hebei', general('hebei', 'food').lead)).toBe('天津市河北区市场监督管理局');
  });

  test('in 河北区 a subject without a row goes to the street office that supervises daily', () => {
    for (const subject of ['abuse', 'fee', 'product', 'facility', 'other'] as const) expect(general('hebei', subject)).toMatchObject({ lead: 'subdistrict-offices', basis: 'derived', line: 129 });
  });

  test('bodies listed after 责任部门 alone have no lead, even when one stands first', () => {
    expect(general('daqing', 'abuse')).toMatchObject({ lead: null, basis: 'listed-jointly', line: 25 });
    expect(general('zezhou', 'abuse')).toMatchObject({ lead: null, basis: 'listed-jointly', line: 67 });
    expect(place('daqing').duties.filter(({ basis }) => basis === 'stated-lead').map(({ topic }) => topic)).toEqual(['质量评估']);
  });

  test('elsewhere a subject without a row goes to the health authority', () => {
    expect(nameOf('daqing', general('daqing', 'fee').lead)).toBe('大庆市卫生健康委员会');
    expect(nameOf('zezhou', general('zezhou', 'fee').lead)).toBe('泽州县卫生健康和体育局');
    expect(nameOf('xiacheng', general('xiacheng', 'abuse').lead)).toBe('杭州市下城区卫生健康局');
  });
});

describe('a fault in the data stops the load and says where', () => {
  test('a bad value names file, line, column and what was expected', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/120105/duties.csv', 'unfiled,,health', 'unfilled,,health');
    expect(problemsOf(() => loadJurisdictions(data))).toEqual([
      `data/jurisdictions/120105/duties.csv line 3, column subject: expected one of ${subjects.join(', ')}, got "unfilled"`,
    ]);
  });

  test('an unknown column is named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/140525/departments.csv', 'phone', 'telephone');
    const problems = problemsOf(() => loadJurisdictions(data));
    expect(problems).toContain('data/jurisdictions/140525/departments.csv line 1, column telephone: unknown column');
    expect(problems).toContain('data/jurisdictions/140525/departments.csv line 1, column phone: the column is missing');
  });

  test('an unknown key of jurisdiction.json is named with its path', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/230600/jurisdiction.json', '"title": null', '"titel": null,\n    "title": null');
    expect(problemsOf(() => loadJurisdictions(data))).toEqual(['data/jurisdictions/230600/jurisdiction.json, key document.titel: unknown key']);
  });

  test('an unknown department key is named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/120105/duties.csv', 'fire,,fire-rescue', 'fire,,fire-brigade');
    const [problem, ...others] = problemsOf(() => loadJurisdictions(data));
    expect(problem).toMatch(/^data\/jurisdictions\/120105\/duties\.csv line \d+, column lead: expected a key of departments\.csv, got "fire-brigade"$/);
    expect(others).toEqual([]);
  });

  test('a lead where the document only lists bodies is refused', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/230600/duties.csv', 'leave,,,human-resources', 'leave,,health,human-resources');
    expect(problemsOf(() => loadJurisdictions(data)).join('\n')).toContain('column lead: expected nothing because the basis is listed-jointly, got "health"');
  });

  test('a subject without a general row is named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/330103/duties.csv', 'official,,,,not-stated,,\n', '');
    expect(problemsOf(() => loadJurisdictions(data))).toEqual(['data/jurisdictions/330103/duties.csv, column subject: expected a row without topic for official, got none']);
  });

  test('a street code given twice and a county outside the place are named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/120105/subdistricts.csv', '120105002,望海楼街道,street,120105', '120105001,望海楼街道,street,120106');
    const problems = problemsOf(() => loadJurisdictions(data));
    expect(problems).toContain('data/jurisdictions/120105/subdistricts.csv line 3, column code: expected each code once, got "120105001"');
    expect(problems).toContain('data/jurisdictions/120105/subdistricts.csv line 3, column county: expected 120105, got "120106"');
  });

  test('an alias that would mean two departments is named', () => {
    const data = copyOfData();
    spoil(data, 'jurisdictions/140525/departments.csv', '泽州县教育局,县教育局', '泽州县教育局,县公安局');
    expect(problemsOf(() => loadJurisdictions(data)).join('\n')).toContain('expected a name that means one department, got "县公安局"');
  });

  test('a missing file is named, and faults of several files come together', () => {
    const data = copyOfData();
    rmSync(join(data, 'jurisdictions/120105/targets.csv'));
    spoil(data, 'jurisdictions/330103/jurisdiction.json', '"slug": "xiacheng"', '"slug": "hebei"');
    expect(problemsOf(() => loadJurisdictions(data))).toEqual([
      'data/jurisdictions/120105/targets.csv: the file is missing',
      'data/jurisdictions/330103/jurisdiction.json, key slug: expected a slug of its own, got "hebei" as in data/jurisdictions/120105',
    ]);
  });

  test('the data holds no second spelling of a column: the headers are the model’s names', () => {
    expect(readFileSync(join(realData, 'jurisdictions/120105/duties.csv'), 'utf8').split('\n')[0]).toBe('subject,topic,lead,joint,basis,line,quote');
  });
});
