import type { IsoDate } from '#domain/shared/dates.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { freshnessOf } from '#storage/files/freshness.ts';
import { fullDayText } from '#text/dates.ts';
import { freshnessText as words } from '#text/freshness.ts';

const staleDays = 365;

/** 资料新旧 as a table, with what has not been checked for a year. */
export function freshnessView(today: IsoDate) {
  const files = freshnessOf(findDataFolder(), today);
  const [silent, stale] = [files.filter(({ checkedOn }) => checkedOn === null).length, files.filter(({ ageDays }) => ageDays !== null && ageDays > staleDays).length];
  const cell = (day: IsoDate | null) => (day === null ? { text: words.unknown, muted: true } : fullDayText(day));
  return {
    warnings: [...(silent === 0 ? [] : [words.none(silent)]), ...(stale === 0 ? [] : [words.stale(stale, staleDays)])],
    rows: files.map(({ file, sourceOn, checkedOn, ageDays }) => [file, cell(sourceOn), cell(checkedOn), ageDays === null ? { text: words.unknown, muted: true } : words.days(ageDays)]),
  };
}
