import { highlightsOf } from '#domain/directory/highlight.ts';
import { findGuides, makeGuideIndex } from '#domain/guidance/searchIndex.ts';
import { guideKinds, type GuideKind } from '#domain/guidance/searchModel.ts';
import { readPackedGuides, readPlaceGuides, unpackGuides, withPlaceNotes } from '#domain/guidance/searchPack.ts';
import type { Offer, OfferGroup } from '#islands/search/offers.ts';
import { guideGroups, guideHref, guideSearchText } from '#text/guideSearch.ts';

/** What guidance, policy and help offer for what is typed; `urgent`: the first of them says what to do at once; `guessed`: the letters were taken for initials or a slip. */
export type GuideOffers = { readonly urgent: boolean; readonly guessed: boolean; readonly groups: readonly OfferGroup[] };
export type OfferGuides = (typed: string) => GuideOffers;

const most: Readonly<Record<GuideKind, number>> = { article: 4, policy: 2, help: 2 };

const fetchText = async (address: string): Promise<string> => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}`);
  return response.text();
};

/** Fetches what a place's search field searches beside institutions; undefined when it cannot be had. */
export const loadGuides = async (slug: string, [common = '', ofPlace]: readonly string[]): Promise<OfferGuides | undefined> => {
  try {
    const [whole, own] = await Promise.all([fetchText(common), ofPlace === undefined ? '[]' : fetchText(ofPlace)]);
    const packed = readPackedGuides(whole);
    if (!packed) return undefined;
    await new Promise((resolve) => { setTimeout(resolve); }); // the page breathes between two pieces of work
    const index = makeGuideIndex(withPlaceNotes(unpackGuides(packed), readPlaceGuides(own)));
    performance.mark('guides-ready');
    return (typed) => {
      const { found, terms, guessed } = findGuides(index, typed);
      const marks = terms.toSorted((one, other) => other.length - one.length).join(' ');
      const groups = guideKinds.map((kind): OfferGroup => ({
        title: guideGroups[kind],
        offers: found.filter(({ guide }) => guide.kind === kind).slice(0, most[kind]).map(({ guide, heading, urgent }): Offer => ({
          href: guideHref(slug, guide), text: guide.title, highlights: highlightsOf(guide.title, marks, index.syllablesOf(guide.title)),
          note: guide === found[0]?.guide && urgent && guide.call !== null ? guideSearchText.callNote(guide.call) : heading === null ? null : guideSearchText.section(heading), noteHighlights: [],
        })),
      }));
      return { urgent: found[0]?.urgent === true, guessed, groups: groups.filter(({ offers }) => offers.length > 0) };
    };
  } catch {
    return undefined; // no network: the form still asks the server
  }
};
