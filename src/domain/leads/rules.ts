import { openLeadStates, type LeadState } from '#domain/leads/model.ts';
import { isoDate, type IsoDate } from '#domain/shared/dates.ts';

/** Where a lead may go from where it stands; one that was settled may be taken up again. */
const ways: Readonly<Record<LeadState, readonly LeadState[]>> = {
  found: ['visited', 'guided', 'handedOver', 'notCare', 'registered'], visited: ['guided', 'handedOver', 'notCare', 'registered'], guided: ['visited', 'handedOver', 'notCare', 'registered'],
  handedOver: ['visited', 'guided', 'notCare', 'registered'], notCare: ['visited'], registered: ['visited'],
};

/** 下一步: the states that follow. */
export const nextLeadStates = (state: LeadState): readonly LeadState[] => ways[state];

/** Whether somebody still has to do something. */
export const isOpenLead = (state: LeadState): boolean => openLeadStates.some((open) => open === state);

/** First and last day of a half-year; undefined for a text that is none. */
export function halfYearOf(text: string): { readonly first: IsoDate; readonly last: IsoDate } | undefined {
  const [, year, half] = /^(20\d{2})-([12])$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  return half === '1' ? { first: isoDate.parse(`${year}-01-01`), last: isoDate.parse(`${year}-06-30`) } : { first: isoDate.parse(`${year}-07-01`), last: isoDate.parse(`${year}-12-31`) };
}

/** The half-year a day lies in. */
export const halfOf = (day: IsoDate): string => `${day.slice(0, 4)}-${Number(day.slice(5, 7)) <= 6 ? '1' : '2'}`;
