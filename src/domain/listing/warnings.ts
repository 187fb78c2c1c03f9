import type { ClassBand, Institution } from '#domain/directory/model.ts';
import type { CareRules, Confidence } from '#domain/jurisdiction/model.ts';
import type { HomeSiteRule, ListingWords } from '#domain/listing/model.ts';
import { bandLoad, type BandLimit } from '#domain/listing/rules.ts';

/** The editions in force: national class sizes and ratios, and what holds for family sites. */
export type StandardRules = { readonly careRules: CareRules; readonly homeSiteRule: HomeSiteRule };

/** What one class of a band may hold at an institution: a family site goes by its own rule. */
export const limitOf = ({ kind }: Pick<Institution, 'kind'>, band: ClassBand, { careRules, homeSiteRule }: StandardRules): BandLimit | undefined => {
  if (kind === 'homeSite') return { classSize: homeSiteRule.mostChildren, childrenPerCareWorker: homeSiteRule.childrenPerCareWorker };
  return careRules.bands.find((rule) => rule.band === band);
};

/** 提醒: what is stated beside what a rule allows, with where the rule stands and how sure we are. `band` null: the whole site. It warns, it never blocks. */
export type RuleWarning = {
  readonly band: ClassBand | null; readonly kind: 'classSize' | 'ratio' | 'homeChildren'; readonly stated: number; readonly limit: number;
  readonly citation: { readonly document: string; readonly article: string | null }; readonly confidence: Confidence;
};

const citationsOf = (of: Pick<Institution, 'kind'>, band: ClassBand, { careRules, homeSiteRule }: StandardRules) => {
  const home = { citation: { document: `《${homeSiteRule.title}》`, article: null }, confidence: homeSiteRule.confidence };
  const rule = careRules.bands.find((one) => one.band === band);
  if (of.kind === 'homeSite' || rule === undefined) return { size: home, ratio: home };
  return { size: { citation: rule.sizeCitation, confidence: rule.sizeConfidence }, ratio: { citation: rule.ratioCitation ?? rule.sizeCitation, confidence: rule.ratioConfidence ?? rule.sizeConfidence } };
};

/** 班额、配比和家庭托育点人数: what of an institution's own figures goes beyond the rules; nothing is said where nothing is stated. */
export const warningsOf = (of: Pick<Institution, 'kind' | 'bands'>, words: Pick<ListingWords, 'classes'>, rules: StandardRules): readonly RuleWarning[] => {
  const ofBands = of.bands.flatMap(({ band, places }): readonly RuleWarning[] => {
    const limit = limitOf(of, band, rules);
    if (!limit) return [];
    const load = bandLoad(band, places, words.classes?.bands.find((one) => one.band === band), limit);
    const { size, ratio } = citationsOf(of, band, rules);
    return [
      ...(load.overSize && load.perClass !== null ? [{ band, kind: 'classSize' as const, stated: load.perClass, limit: limit.classSize, ...size }] : []),
      ...(load.overRatio && load.perCareWorker !== null && limit.childrenPerCareWorker !== null ? [{ band, kind: 'ratio' as const, stated: load.perCareWorker, limit: limit.childrenPerCareWorker, ...ratio }] : []),
    ];
  });
  const { homeSiteRule } = rules;
  const all = of.bands.reduce((sum, { places }) => sum + (places ?? 0), 0);
  if (of.kind !== 'homeSite' || all <= homeSiteRule.mostChildren) return ofBands;
  return [{ band: null, kind: 'homeChildren', stated: all, limit: homeSiteRule.mostChildren, citation: { document: `《${homeSiteRule.title}》`, article: null }, confidence: homeSiteRule.confidence }, ...ofBands];
};
