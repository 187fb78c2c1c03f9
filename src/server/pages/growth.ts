import { growthIndicators, growthStandards, sexes, type GrowthView } from '#domain/guidance/growthModel.ts';
import { isUnverified } from '#domain/guidance/monthModel.ts';
import { readGrowthMonth } from '#domain/guidance/growthTyped.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { GrowthData } from '#storage/files/growth.ts';
import { growthChoiceText, growthSourceText } from '#text/growth.ts';
import { growthMonthText } from '#text/growthTool.ts';

/** One of a few words of the address; `wrong` where it names none of them. Nothing asked for is the first. */
const choose = <Value extends string>(asked: string | null, values: readonly [Value, ...Value[]]): { readonly value: Value; readonly wrong: boolean } => {
  const value = values.find((one) => one === asked);
  return { value: value ?? values[0], wrong: asked !== null && asked !== '' && value === undefined };
};

/** 生长曲线: what an address asks to see, which is never more than sex, indicator, standard and a whole month of age. */
export const growthView = ({ tables, sources }: GrowthData, slug: string, parameters: URLSearchParams, today: IsoDate) => {
  const [sex, indicator, standard] = [choose(parameters.get('sex'), sexes), choose(parameters.get('indicator'), growthIndicators), choose(parameters.get('standard'), growthStandards)];
  const typed = parameters.get('months') ?? '';
  const months = readGrowthMonth(typed);
  const view: GrowthView = { sex: sex.value, indicator: indicator.value, standard: standard.value, months: months.ok ? months.value : null };
  const refusal = months.ok ? null : growthMonthText(months.reason, typed);
  const wrongChoice = [sex, indicator, standard].some(({ wrong }) => wrong);
  return {
    errors: [...(refusal === null ? [] : [{ field: 'months', message: refusal }]), ...(wrongChoice ? [{ field: 'months', message: growthChoiceText }] : [])],
    tool: { page: `/${slug}/growth/`, today, view, typed: typed.slice(0, 12), refusal, tables },
    sources: sources.map((source) => ({ text: growthSourceText(source), unverified: isUnverified(source.confidence) })),
  };
};
