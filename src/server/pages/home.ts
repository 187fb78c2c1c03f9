import { affordablePlaces, freePlacesIn } from '#domain/directory/places.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { dayText } from '#text/dates.ts';
import { homeText } from '#text/home.ts';
import { siteText } from '#text/site.ts';

const sum = (counts: readonly number[]): string | null => (counts.length === 0 ? null : String(counts.reduce((total, count) => total + count, 0)));

/** A place's home: its three numbers with their days, whether anything is listed, and how many sites are only planned. */
export const homeView = ({ entries, today }: DirectorySnapshot) => {
  const listed = entries.filter(({ group }) => group === 'listed').map(({ institution }) => institution);
  const filed = listed.filter(({ credential }) => credential.kind !== 'kindergarten');
  const kindergartens = listed.length - filed.length;
  const readOn = listed.map(({ source }) => source.readOn).sort().at(-1);
  const planned = entries.flatMap(({ institution, group }) => (group === 'planned' && institution.planned ? [institution.planned] : []));
  const affordable = sum(listed.flatMap((of) => affordablePlaces(of, today)?.places ?? []));
  return {
    isEmpty: listed.length === 0,
    planned: planned[0] ? { count: planned.length, year: planned[0].year } : null,
    stats: [
      { label: homeText.listedLabel, value: String(filed.length), date: [readOn ? `${dayText(readOn, today)}名录` : '', kindergartens > 0 ? `另有幼儿园托班 ${String(kindergartens)} 家` : ''].filter(Boolean).join('；') },
      { label: homeText.freeLabel, value: sum(listed.flatMap((of) => freePlacesIn(of, today) ?? [])), unknown: '待机构核对', date: homeText.freeWithin },
      { label: homeText.affordableLabel, value: affordable, date: affordable === null ? siteText.awaitingOrganiser : `${dayText(today, today)}认定有效` },
    ],
  };
};
