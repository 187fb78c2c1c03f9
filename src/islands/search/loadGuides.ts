import { highlightsOf } from '#domain/directory/highlight.ts';
import { findGuides, guideIndexSteps, type GuideIndex } from '#domain/guidance/searchIndex.ts';
import { guideKinds, type GuideKind, type GuideLot } from '#domain/guidance/searchModel.ts';
import { readPackedGuides, readPlaceGuides, unpackGuides, withPlaceNotes } from '#domain/guidance/searchPack.ts';
import type { Offer, OfferGroup } from '#islands/search/offers.ts';
import { guideGroups, guideHref, guideSearchText } from '#text/guideSearch.ts';

/** What guidance, policy and help offer for what is typed; `urgent`: the first of them says what to do at once. */
export type GuideOffers = { readonly urgent: boolean; readonly groups: readonly OfferGroup[] };
/** `mayGuess`: letters that nothing spells out may be taken for initials. */
export type OfferGuides = (typed: string, mayGuess: boolean) => GuideOffers;

const most: Readonly<Record<GuideKind, number>> = { article: 4, policy: 2, help: 2 };

const fetchText = async (address: string): Promise<string> => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}`);
  return response.text();
};

const pause = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });
/** Milliseconds of work between two pauses. */
const mostAtOnce = 6;

/** Makes the index a little at a time: the page answers every key meanwhile. */
const makeIndex = async (lot: GuideLot): Promise<GuideIndex> => {
  const steps = guideIndexSteps(lot);
  let begun = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - begun < mostAtOnce) continue;
    await pause();
    begun = performance.now();
  }
};

/** Fetches what a place's search field searches beside institutions; undefined when it cannot be had. */
export const loadGuides = async (slug: string, [common = '', ofPlace]: readonly string[]): Promise<OfferGuides | undefined> => {
  try {
    const [whole, own] = await Promise.all([fetchText(common), ofPlace === undefined ? '[]' : fetchText(ofPlace)]);
    const packed = readPackedGuides(whole);
    if (!packed) return undefined;
    await pause();
    const index = await makeIndex(withPlaceNotes(unpackGuides(packed), readPlaceGuides(own), null));
    performance.mark('guides-ready');
    return (typed, mayGuess) => {
      const { found, terms } = findGuides(index, typed, { mayGuess, place: null });
      const marks = terms.toSorted((one, other) => other.length - one.length).join(' ');
      const groups = guideKinds.map((kind): OfferGroup => ({
        title: guideGroups[kind],
        offers: found.filter(({ guide }) => guide.kind === kind).slice(0, most[kind]).map(({ guide, heading, urgent }): Offer => ({
          href: guideHref(slug, guide), text: guide.title, highlights: highlightsOf(guide.title, marks, index.syllablesOf(guide.title)),
          note: guide === found[0]?.guide && urgent && guide.call !== null ? guideSearchText.callNote(guide.call) : heading === null ? null : guideSearchText.section(heading), noteHighlights: [],
        })),
      }));
      return { urgent: found[0]?.urgent === true, groups: groups.filter(({ offers }) => offers.length > 0) };
    };
  } catch {
    return undefined; // no network: the form still asks the server
  }
};
