import { bindQuery } from '#domain/directory/filter.ts';
import { findStart, pointAround, streetsWithPoints, type Started, type StartingPoint } from '#domain/directory/near.ts';
import { longestPasted, readPasted } from '#domain/directory/nearPasted.ts';
import { readPageQuery, type PageQuery } from '#domain/directory/readQuery.ts';
import { drawRings } from '#domain/directory/rings.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { bearingFrom, datums, directionOf, toThreeDecimals, walkMinutes, type Datum, type LngLat } from '#domain/shared/geo.ts';
import type { Config } from '#server/config.ts';
import type { Typed } from '#server/forms.ts';
import { tileHost } from '#server/http/headers.ts';
import { hrefOf, whereOf } from '#server/pages/cards.ts';
import { listHref } from '#server/pages/listChips.ts';
import { distanceText } from '#text/directory.ts';
import { approvalText, beyondText, clusterText, datumText, directionText, nearText, ringText, startErrorText, startLostText, startRefusalText, startText, streetOptionText, unlocatedText, walkText } from '#text/near.ts';

/** 范围 offered, in metres, and the one that is set when a starting point is chosen (U5). */
export const radii = [1000, 2000, 3000, 5000] as const;
const usualRadius = 3000;

type Mode = 'default' | 'elder';
type Located = { readonly entry: DirectoryEntry; readonly metres: number; readonly point: LngLat };

const nearHref = (slug: string, query: PageQuery): string => listHref(slug, query).replace('/institutions/', '/near/');

/** The list's address by distance from a starting point. A position is written to three decimals, whatever it was. */
const listFrom = (slug: string, query: PageQuery, start: { readonly around: string } | { readonly point: LngLat }): string => listHref(slug, {
  ...query, page: 1, sort: 'distance', radius: query.radius ?? usualRadius,
  ...('around' in start ? { around: start.around, near: null } : { around: null, near: { ...toThreeDecimals(start.point), crs: 'wgs84' } }),
});

/** 方位 · 直线距离 · 步行估算, which a line may break between but not within. */
const saidOf = (metres: number, bearing: number): string =>
  [directionText[directionOf(bearing)], distanceText(metres), walkText(walkMinutes(metres))].flatMap((part) => part?.replaceAll(' ', '\u00a0') ?? []).join(' · ');

/** Everything that meets the query but its radius: by distance, and what has no point. */
const aroundStart = (query: PageQuery, snapshot: DirectorySnapshot) => {
  const { unmet, metres } = bindQuery(snapshot, { ...query, radius: null });
  const seen = snapshot.entries.flatMap((entry, at) => ((entry.group === 'listed' || query.include.includes(entry.group)) && unmet(at) === 0 ? [{ entry, metres: metres?.[at] ?? NaN }] : []));
  return {
    located: seen.flatMap(({ entry, metres: far }): readonly Located[] => (entry.point === null ? [] : [{ entry, metres: far, point: entry.point }])).sort((one, other) => one.metres - other.metres),
    unlocated: seen.filter(({ entry }) => entry.point === null),
  };
};

const pictureOf = (place: Jurisdiction, query: PageQuery, start: StartingPoint, located: readonly Located[], mode: Mode) => {
  const seen = located.map(({ metres, point }) => ({ metres, bearing: bearingFrom(start.point, point) }));
  const drawn = drawRings(seen, { radius: query.radius, size: 360, ...(mode === 'elder' ? { target: 60, most: 14 } : { target: 46, most: 20 }) });
  const rows = drawn.dots.flatMap(({ of }) => {
    const [one, at] = [located[of], seen[of]];
    return one && at ? [{ number: of + 1, id: one.entry.institution.id, name: one.entry.institution.name, href: hrefOf(place.slug, one.entry.institution.id, query), said: saidOf(at.metres, at.bearing), point: one.point }] : [];
  });
  return {
    ...drawn, rows,
    rings: drawn.rings.map((ring) => ({ ...ring, said: ringText(ring.metres) })),
    marks: drawn.marks.map((mark) => {
      const members = mark.members.flatMap((at) => rows[at] ?? []);
      const label = members.length === 1 ? members.map(({ number, name, said }) => `${String(number)}，${name}，${said}`).join('')
        : `${clusterText(members.map(({ number }) => number))}。${members.map(({ name, said }) => `${name}，${said}`).join('；')}`;
      return { x: mark.x, y: mark.y, numbers: members.map(({ number }) => number), label };
    }),
    beyond: drawn.beyond > 0 ? beyondText(drawn.beyond) : null,
    empty: rows.length > 0 ? null : located.length > 0 && (located[0]?.metres ?? 0) > 200_000 ? nearText.tooFar : nearText.emptyRing,
  };
};

/** What the base map needs; null where the operator has no key, and then nothing of it is in the page. */
const tilesOf = ({ tiandituKey, tiandituApproval }: Pick<Config, 'tiandituKey' | 'tiandituApproval'>) =>
  (tiandituKey === undefined ? null : { tileHost, tileKey: tiandituKey, credit: `${nearText.mapSource} ${approvalText(tiandituApproval)}` });

/** 离我近: the starting point of the list in the address, the picture around it, and who cannot be on it. */
export const nearView = (place: Jurisdiction, snapshot: DirectorySnapshot, { query, start }: Started<PageQuery>, { config, mode }: { readonly config: Pick<Config, 'tiandituKey' | 'tiandituApproval'>; readonly mode: Mode }) => {
  const without: PageQuery = { ...query, near: null, around: null, radius: null, sort: query.sort === 'distance' ? 'relevance' : query.sort, page: 1 };
  const shared = {
    /** The list without a position: the browser adds its own, rounded. */
    here: { list: listHref(place.slug, without), radius: query.radius ?? usualRadius, form: nearHref(place.slug, without) },
    pick: nearHref(place.slug, without), lost: start === undefined ? startLostText : null,
  };
  if (!start) return { ...shared, start: null, picture: null, choice: [], unlocated: null, map: null };
  const { located, unlocated: all } = aroundStart(query, snapshot);
  // Without a radius they stand at the end of the list itself.
  const unlocated = query.radius === null ? [] : all;
  const tiles = tilesOf(config);
  const picture = pictureOf(place, query, start, located, mode);
  return {
    ...shared,
    start: {
      said: startText(start), drop: listHref(place.slug, without),
      anywhere: query.radius === null ? null : listHref(place.slug, { ...query, radius: null, page: 1 }),
      radii: radii.map((metres) => ({ label: ringText(metres), href: listHref(place.slug, { ...query, radius: metres, page: 1 }), selected: query.radius === metres })),
    },
    picture,
    choice: picture.rows.map(({ number, id, name, href, said }) => ({ number, id, name, href, said })),
    unlocated: unlocated.length === 0 ? null : {
      title: unlocatedText(unlocated.length),
      items: unlocated.map(({ entry: { institution } }) => ({ name: institution.name, href: hrefOf(place.slug, institution.id, query), where: [whereOf(institution, place), institution.address].filter((part, at, parts) => part !== null && parts.indexOf(part) === at).join(' · ') })),
    },
    map: tiles && picture.rows.length > 0 ? { ...tiles, start: start.point, radius: query.radius, rows: picture.rows.map(({ number, name, href, said, point }) => ({ number, name, href, said, point })) } : null,
  };
};

const isDatum = (typed: string | undefined): typed is Datum => datums.some((datum) => datum === typed);

/** What the form of starting points shows, with what was typed and what was wrong with it. */
export type StartForm = {
  readonly action: string; readonly list: string;
  readonly streets: readonly { readonly value: string; readonly label: string }[];
  readonly datums: readonly { readonly value: string; readonly label: string }[];
  readonly typed: { readonly street: string; readonly words: string; readonly paste: string; readonly datum: string };
  readonly errors: readonly { readonly field: 'street' | 'words' | 'paste'; readonly message: string }[];
  readonly here: string; readonly radius: number;
};

/** 选起点: the form, blank or as it was sent. */
export const startForm = (place: Jurisdiction, snapshot: DirectorySnapshot, parameters: URLSearchParams, typed: Typed = {}, errors: StartForm['errors'] = []): StartForm => {
  const query = { ...readPageQuery(parameters), near: null, around: null, page: 1 };
  const streets = streetsWithPoints(snapshot).map(({ code, name, countyName, known }) => ({ value: code, label: streetOptionText(place.counties.length > 0 ? `${name}，${countyName}` : name, known) }));
  return {
    action: nearHref(place.slug, query), list: listHref(place.slug, query), here: listHref(place.slug, { ...query, radius: null, sort: query.sort === 'distance' ? 'relevance' : query.sort }), radius: query.radius ?? usualRadius,
    streets: streets.length === 0 ? [] : [{ value: '', label: nearText.noStreet }, ...streets],
    datums: (['gcj02', 'bd09', 'wgs84'] as const).map((value) => ({ value, label: datumText[value] })),
    typed: { street: typed['street'] ?? '', words: (typed['words'] ?? '').slice(0, 60), paste: (typed['paste'] ?? '').slice(0, longestPasted), datum: isDatum(typed['datum']) ? typed['datum'] : 'gcj02' },
    errors,
  };
};

/** Reads the form of starting points: the list's address, or what was wrong with the first thing given. */
export const readStart = (place: Jurisdiction, snapshot: DirectorySnapshot, parameters: URLSearchParams, typed: Typed): { readonly href: string } | { readonly errors: StartForm['errors'] } => {
  const query = readPageQuery(parameters);
  const [paste, words, street] = [(typed['paste'] ?? '').trim(), (typed['words'] ?? '').trim(), (typed['street'] ?? '').trim()];
  const wrong = (field: 'street' | 'words' | 'paste', message: string) => ({ errors: [{ field, message }] });
  if (paste !== '') {
    const read = readPasted(paste, isDatum(typed['datum']) ? typed['datum'] : 'gcj02');
    return read.kind === 'point' ? { href: listFrom(place.slug, query, { point: read.point }) } : wrong('paste', startErrorText[read.kind]);
  }
  if (words !== '') {
    const read = readPasted(words, 'gcj02');
    if (read.kind === 'point') return { href: listFrom(place.slug, query, { point: read.point }) };
    const found = findStart(words.slice(0, 60), snapshot);
    return found.ok ? { href: listFrom(place.slug, query, { around: found.value }) } : wrong('words', startRefusalText[found.reason]);
  }
  if (street !== '') return /^\d{9}$/.test(street) && pointAround(street, snapshot) ? { href: listFrom(place.slug, query, { around: street }) } : wrong('street', startErrorText['unknown-street']);
  return wrong(streetsWithPoints(snapshot).length > 0 ? 'street' : 'paste', startErrorText.nothing);
};
