import { institution, type Institution } from '#domain/directory/model.ts';
import type { DirectoryRecord } from '#storage/directory.ts';

/** A whole valid institution; a test states only what matters. */
export const anInstitution = (change: Partial<Record<keyof Institution, unknown>> = {}): Institution => institution.parse({
  id: '0190a000-0000-7000-8000-000000000001', jurisdiction: '120105', county: null, subdistrict: '120105001', name: '示例·小森林托育园', aliases: [], kind: 'independent', ownership: 'privateNonProfit',
  nature: 'socialService', creditCode: null, address: '示例路12号', phone: null, point: null,
  credential: { kind: 'filing', state: 'receipted', number: null, receiptedOn: '2024-09-28', authority: '示例机关', since: null, decisionNumber: null },
  modes: ['fullDay'], bands: [{ band: 'toddler', places: 15, free: 3, confirmedOn: '2026-11-18', availableFrom: null }], admission: { rule: 'byMonths', min: 12, max: 24 },
  recognitions: [], fees: [], feesFrom: null, hours: [], opensInSchoolHolidays: null, extendedUntil: null, mealsProvided: null, openToNeighbours: null, accepts: { allergy: null, medicine: null, specialNeeds: null }, confirmedOn: '2026-11-18',
  source: { title: '示例数据（虚构）', url: null, readOn: '2026-11-20' }, missingSince: null, planned: null, sample: true, ...change,
});

/** The same as the importer stores it. */
export const aRecord = (change: Partial<Record<keyof Institution, unknown>> = {}): DirectoryRecord =>
  ({ institution: anInstitution(change), origin: 'sample', rowKey: 'row-1', rowHash: 'hash-1', pinyin: '{}' });
