import { describe, expect, test } from 'vitest';
import { openGeoJson, openRecords, openTable } from '#domain/directory/openRecord.ts';
import { makeSnapshot } from '#domain/directory/snapshot.ts';
import { csvText } from '#domain/shared/csv.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { openFieldKeys } from '#server/openData/fields.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { vocabulary } from '#tests/unit/directory/builders.ts';

const place = aPlace('hebei');
const today = isoDate.parse('2026-11-23');
const changedAt = instant.parse(Date.parse('2026-11-20T09:00:00+08:00'));
const ids = ['1', '2', '3', '4', '5'].map((digit) => `0190a000-0000-7000-8000-00000000000${digit}`);
const [listed = '', withdrawn = '', missing = '', suspended = '', far = ''] = ids;
const credential = { kind: 'filing', state: 'receipted', number: null, receiptedOn: '2024-09-28', authority: '示例机关', since: null, decisionNumber: null };
const institutions = [
  anInstitution({ id: listed, name: '=示例', point: { lng: 117.2, lat: 39.15, crs: 'gcj02' }, bands: [{ band: 'toddler', places: 15, free: 3, confirmedOn: '2026-09-01', availableFrom: null }] }),
  anInstitution({ id: withdrawn, credential: { ...credential, state: 'withdrawn', since: '2026-11-20' } }), anInstitution({ id: missing, missingSince: '2026-11-01' }),
  anInstitution({ id: suspended, credential: { ...credential, state: 'suspended', since: '2026-11-20' } }), anInstitution({ id: far, name: '示例·远处' }),
];
const snapshot = makeSnapshot({ place, institutions, texts: new Map(), vocabulary, today });
const publications = new Map(ids.map((id) => [id, { id, name: id, listedAt: changedAt, changedAt: id === far ? instant.parse(changedAt + 1) : changedAt, withdrawnAt: null }]));
const records = openRecords(snapshot, publications, place, 'https://example.org', null);

describe('open data', () => {
  test('holds what is in force and nothing that is withdrawn, suspended or missing', () => {
    expect(records.map(({ id }) => id)).toEqual([listed, far]);
    expect(openRecords(snapshot, publications, place, 'https://example.org', changedAt).map(({ id }) => id)).toEqual([far]);
  });

  test('says free places only while they are fresh, positions in WGS-84, samples as samples', () => {
    const [one] = records;
    expect(one).toMatchObject({ sample: true, modifiedAt: '2026-11-20T09:00:00+08:00', url: `https://example.org/hebei/institutions/${listed}/`, bands: [{ places: 15, free: null }] });
    expect(one?.longitude).toBeCloseTo(117.1939, 3); // some 600 m west of the GCJ-02 position
    expect(openGeoJson(records).features.map(({ geometry }) => geometry?.type)).toEqual(['Point', undefined]);
  });

  test('has a column for every field, each explained, and no cell a spreadsheet would run', () => {
    const [one] = records;
    expect(openFieldKeys.toSorted()).toEqual(Object.keys(one ?? {}).toSorted());
    expect(csvText(openTable(records, openFieldKeys))).toContain(`${listed},'=示例,`);
  });
});
