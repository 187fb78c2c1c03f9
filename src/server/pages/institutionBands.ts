import type { BandOffer, Institution } from '#domain/directory/model.ts';
import { freshFreePlaces } from '#domain/directory/places.ts';
import type { Change, ListingWords } from '#domain/listing/model.ts';
import type { BandLimit } from '#domain/listing/rules.ts';
import { limitOf, warningsOf, type StandardRules } from '#domain/listing/warnings.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { isPaused } from '#domain/listingDraft/pauses.ts';
import { pauseText } from '#text/listingDesk.ts';
import { factsPart, saidPart, saidView } from '#server/pages/institutionSaid.ts';
import { dayText, monthText } from '#text/dates.ts';
import { bandText, notStated } from '#text/directory.ts';
import { institutionText } from '#text/institution.ts';
import { warningText } from '#text/warnings.ts';

const isSure = (confidence: string | null): boolean => confidence === 'A' || confidence === 'B';
const unsure = (confidence: string | null): string => (isSure(confidence) ? '' : `（${institutionText.unofficial}）`);

const citationsOf = (of: Institution, { careRules, homeSiteRule }: StandardRules): readonly string[] => {
  if (of.kind === 'homeSite') {
    return [`《${homeSiteRule.title}》：最多收 ${String(homeSiteRule.mostChildren)} 个孩子，每名照护人员最多照看 ${String(homeSiteRule.childrenPerCareWorker)} 个。${homeSiteRule.standing}`];
  }
  const held = careRules.bands.filter(({ band }) => of.bands.some((offer) => offer.band === band));
  const sizes = [...new Set(held.map(({ sizeCitation, sizeConfidence }) => `每班上限见${sizeCitation.document}${sizeCitation.article}${unsure(sizeConfidence)}`))];
  const ratios = [...new Set(held.flatMap(({ ratioCitation, ratioConfidence }) => (ratioCitation ? [`人员配比见${ratioCitation.document}${ratioCitation.article}${unsure(ratioConfidence)}`] : [])))];
  const none = held.some(({ childrenPerCareWorker }) => childrenPerCareWorker === null) ? ['混合编班的配比标准没有规定'] : [];
  return held.length === 0 ? [] : [`${[...sizes, ...ratios, ...none].join('；')}。`];
};

const freeWords = (offer: BandOffer, phone: string | null, today: IsoDate): string => {
  const fresh = freshFreePlaces(offer, today);
  const places = offer.places === null ? '' : `／共 ${String(offer.places)}`;
  if (fresh !== null) return fresh === 0 ? `没有空位${places}` : `空 ${String(fresh)}${places}`;
  return offer.places === null ? `托位${notStated}` : `共 ${String(offer.places)}，空位请${phone === null ? '' : '电话'}询问`;
};

const carersWords = (stated: { readonly classes: number | null; readonly careWorkers: number | null } | undefined): string => {
  const words = [stated?.classes ? `${String(stated.classes)} 个班` : '', stated?.careWorkers ? `保育人员 ${String(stated.careWorkers)} 名` : ''].filter(Boolean).join('，');
  return words === '' ? `编班与人员${notStated}` : words;
};

const limitWords = (limit: BandLimit | undefined): string =>
  (limit === undefined ? '国家标准没有规定' : `标准：每班最多 ${String(limit.classSize)} 人，${limit.childrenPerCareWorker === null ? '人员配比没有规定' : `人员配比不低于 1:${String(limit.childrenPerCareWorker)}`}`);

const pausedWords = (of: Institution, band: BandOffer['band'], today: IsoDate): string | undefined => (isPaused(of, band, today) ? pauseText.now1 : undefined);

/** 班型与空位: every band with its places, free places, classes and care workers beside the national limits. */
export const bandsView = (of: Institution, words: Pick<ListingWords, 'classes'>, rules: StandardRules, today: IsoDate, changes: readonly Change[] = []) => {
  const rows = of.bands.map((offer) => {
    const stated = words.classes?.bands.find(({ band }) => band === offer.band);
    const limit = limitOf(of, offer.band, rules);
    return {
      row: {
        name: bandText[offer.band], free: pausedWords(of, offer.band, today) ?? freeWords(offer, of.phone, today),
        more: [carersWords(stated), limitWords(limit), ...(offer.availableFrom === null ? [] : [`${monthText(offer.availableFrom)}起可以入托`])],
      },
    };
  });
  const fresh = of.bands.filter((offer) => freshFreePlaces(offer, today) !== null).flatMap(({ confirmedOn }) => confirmedOn ?? []).sort();
  const first = fresh[0];
  const last = fresh.at(-1);
  return {
    said: saidView([factsPart('班型与托位', of, changes, 'bands', today), ...saidPart('编班与人员', words.classes, today)], today),
    rows: rows.map(({ row }) => row),
    warnings: warningsOf(of, words, rules).map(warningText),
    notes: [
      ...(first && last ? [`空位由机构在 ${dayText(first, today)}${first === last ? '' : `至 ${dayText(last, today)}`}核对，30 天后不再显示。`] : []),
    ],
    citations: citationsOf(of, rules),
  };
};
