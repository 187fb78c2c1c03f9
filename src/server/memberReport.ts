import { memberFigures, type MemberFigures, type ReportDays } from '#domain/complaints/memberReport.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import { addDays, instantAt } from '#domain/shared/dates.ts';
import { memberCases, memberTasks } from '#storage/memberReport.ts';
import type { Storage } from '#storage/schema.ts';

/** 成员单位情况: figures of each unit asked for, of a place or of one street. */
export type MemberReport = (of: { readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null }, keys: readonly string[], days: ReportDays) => Promise<ReadonlyMap<string, MemberFigures>>;

/** Binds the report on member units to storage. */
export const makeMemberReport = (storage: Storage): MemberReport => async (of, keys, days) => {
  const asked = { ...of, from: instantAt(days.first, '00:00'), to: instantAt(addDays(days.last, 1), '00:00') };
  const [cases, tasks] = await Promise.all([memberCases(storage, asked), memberTasks(storage, asked)]);
  return new Map(keys.map((key) => [key, memberFigures(key, cases, tasks, days)]));
};
