import { factsToCompare, mostCompared, readNamed, type ComparedFacts, type NamedInstitutions } from '#domain/directory/compare.ts';
import { withStart } from '#domain/directory/near.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { readPageQuery, writeQuery } from '#domain/directory/readQuery.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { freeConfirmedOn, hrefOf } from '#server/pages/cards.ts';
import { compareGroups, type CompareGroup } from '#server/pages/compareRows.ts';
import { compareText as words } from '#text/compare.ts';
import { ageText, answerText, endedText, feeMissing, freeText, monthlyFeeText } from '#text/institution.ts';
import { shareText } from '#text/share.ts';

const carried = ['months', 'start', 'near', 'crs', 'around'] as const;
/** Where the family lives or asks from is theirs: a link that is passed on leaves it out. */
const whereabouts: readonly string[] = ['near', 'crs', 'around'];

/** What a comparison takes over from the search it is made from: age, month of beginning, position; as fields of a form. */
export const carriedOf = (parameters: URLSearchParams): readonly (readonly [name: string, value: string])[] => {
  const written = writeQuery(readPageQuery(parameters));
  return carried.flatMap((name) => {
    const value = written.get(name);
    return value === null ? [] : [[name, value] as const];
  });
};

type Carried = ReturnType<typeof carriedOf>;

/** The address of a comparison; commas stay commas, so that it can be read and shortened by hand. */
const compareHref = (slug: string, ids: readonly string[], kept: Carried, hidesSame = false): string => {
  const rest = kept.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
  return `/${slug}/institutions/compare/?ids=${ids.join(',')}${rest}${hidesSame ? '&same=hide' : ''}`;
};

const problemsOf = (named: NamedInstitutions, unknown: number, planned: readonly DirectoryEntry[], found: number): readonly string[] => [
  ...(found > mostCompared ? [words.tooMany] : []),
  ...(named.beyond > 0 ? [words.beyond(named.beyond)] : []),
  ...(unknown > 0 ? [words.unknown(unknown)] : []),
  ...(planned.length > 0 ? [words.planned(planned.map(({ institution }) => institution.name))] : []),
  ...(named.malformed > 0 ? [words.malformed(named.malformed)] : []),
  ...(named.repeated > 0 ? [words.repeated] : []),
];

/** One line of the text to be sent: what is asked first, and nothing about the child but its months. */
const shareLine = ({ institution: of, fit, ended, monthlyFee, free, bandsFor }: ComparedFacts, months: number | null, today: IsoDate): string => {
  const answers = ended ? [endedText(of).title] : [
    ...(fit && months !== null ? [answerText(months, fit, today)] : []),
    monthlyFee === null ? feeMissing : `全部费用${monthlyFeeText(monthlyFee) ?? ''}`,
    freeText(free, freeConfirmedOn(of, bandsFor, today), of.phone, today),
  ];
  return `${of.name}：${answers.join('；')}`;
};

const hideSameRows = (groups: readonly CompareGroup[]): readonly CompareGroup[] => groups.flatMap((group) => {
  const rows = group.rows.filter(({ agreement }) => agreement !== 'same');
  return rows.length === 0 ? [] : [{ ...group, rows }];
});

const ages = [{ value: '', label: words.anyAgeOption }, ...Array.from({ length: 48 }, (_, months) => ({ value: String(months), label: ageText(months) }))];

type Asked = Pick<DirectoryQuery, 'months' | 'start' | 'near'> & { readonly startName: string | null };

const tableOf = (entries: readonly DirectoryEntry[], place: Jurisdiction, asked: Asked, kept: Carried, hidesSame: boolean, today: IsoDate, origin: string) => {
  const child = asked.months === null ? null : { months: asked.months, start: asked.start };
  const compared = entries.map((entry) => factsToCompare(entry, { child, near: asked.near }, today));
  const ids = entries.map(({ institution }) => institution.id);
  const groups = compareGroups(compared, place, asked, today);
  const rows = groups.flatMap((group) => group.rows);
  const same = rows.filter(({ agreement }) => agreement === 'same').length;
  const link = `${origin}${compareHref(place.slug, ids, kept.filter(([name]) => !whereabouts.includes(name)))}`;
  const names = entries.map(({ institution }) => institution.name);
  return {
    title: words.titleOf(names), description: words.description(place.shortName, entries.length), link,
    columns: compared.map(({ institution: of, ended }) => ({
      id: of.id, name: of.name, sample: of.sample, ended: ended ? endedText(of).badge : null, href: hrefOf(place.slug, of.id, asked),
      slots: ended ? null : `/${place.slug}/institutions/${of.id}/slots/`,
      drop: compareHref(place.slug, ids.filter((id) => id !== of.id), kept, hidesSame),
    })),
    groups: hidesSame ? hideSameRows(groups) : groups,
    differing: words.differing(rows.filter(({ agreement }) => agreement === 'differs').length),
    sameRows: same === 0 ? null
      : { label: hidesSame ? words.showSame(same) : words.hideSame(same), href: compareHref(place.slug, ids, kept, !hidesSame) },
    age: asked.months === null ? '' : words.forAge(ageText(asked.months)),
    askAge: asked.months === null ? { action: `/${place.slug}/institutions/compare/`, ages, ids: ids.join(','), carried: kept.filter(([name]) => name !== 'start') } : null,
    share: {
      text: [shareText.compareHead(place.shortName, entries.length), ...compared.map((facts, at) => `${String(at + 1)}. ${shareLine(facts, asked.months, today)}`), shareText.filingNote, link].join('\n'),
      title: words.titleOf(names), link,
    },
  };
};

/** 并排比较: the page for the institutions an address names; whatever is wrong with some of them, the rest is shown. */
export const compareView = (place: Jurisdiction, snapshot: DirectorySnapshot, parameters: URLSearchParams, origin: string) => {
  const named = readNamed(parameters.getAll('ids'));
  const { query: asked, start } = withStart(readPageQuery(parameters), snapshot);
  const kept = carriedOf(parameters);
  const byId = new Map(snapshot.entries.filter(({ institution }) => named.ids.includes(institution.id)).map((entry) => [entry.institution.id, entry]));
  const found = named.ids.flatMap((id) => byId.get(id) ?? []);
  const planned = found.filter(({ group }) => group === 'planned');
  const comparable = found.filter(({ group }) => group !== 'planned');
  const known = new Set(found.map(({ institution }) => institution.id));
  const unknown = named.ids.filter((id) => !known.has(id));
  const first = comparable.slice(0, mostCompared);
  const shown = new Set(first.map(({ institution }) => institution.id));
  return {
    kept, unknown,
    problems: problemsOf(named, unknown.length, planned, comparable.length),
    choices: comparable.map(({ institution: { id, name } }) => ({ id, name, href: hrefOf(place.slug, id, asked), chosen: shown.has(id) })),
    table: first.length < 2 ? null : tableOf(first, place, { ...asked, startName: start?.name ?? null }, kept, parameters.get('same') === 'hide', snapshot.today, origin),
  };
};
