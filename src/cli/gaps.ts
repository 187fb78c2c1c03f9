import type { Jurisdiction } from '#domain/jurisdiction/model.ts';

/** What of a place's file is still empty and only the organiser can fill in, one sentence each. */
export function gapsOf({ slug, host, filingAuthority, level, counties, departments, subdistricts, childrenUnderThree = [] }: Jurisdiction): readonly string[] {
  const parts = Object.entries(host).filter(([, value]) => value === null).map(([name]) => name);
  const silent = departments.filter(({ phone }) => phone === null).length;
  const counted = new Set(childrenUnderThree.map(({ subdistrict }) => subdistrict));
  const uncounted = subdistricts.filter(({ code }) => !counted.has(code)).length;
  const unnamed = counties.filter((county) => county.filingAuthority === null).length;
  return [
    ...(parts.length === 0 ? [] : [`host has no ${parts.join(', ')}`]),
    ...(silent === 0 ? [] : [`${String(silent)} of ${String(departments.length)} departments have no phone`]),
    ...(counted.has(null) ? [] : ['no count of children under three, so no rate is shown']),
    ...(uncounted === 0 ? [] : [`${String(uncounted)} of ${String(subdistricts.length)} streets have no count of children under three`]),
    ...(filingAuthority !== null || level === 'city' ? [] : ['no filing authority']),
    ...(unnamed === 0 ? [] : [`${String(unnamed)} of ${String(counties.length)} counties have no filing authority`]),
  ].map((sentence) => `${slug}: ${sentence}`);
}
