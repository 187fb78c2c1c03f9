import type { Institution } from '#domain/directory/model.ts';
import type { Change, Said } from '#domain/listing/model.ts';
import { freshnessOf, statedForIt, type Freshness } from '#domain/listing/rules.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { dayText } from '#text/dates.ts';
import { freshnessText, listingText, saidText } from '#text/listing.ts';

/** By whom and as of when one part of a section was said; `part` names it where a section has several. */
export type SaidPart = { readonly part: string; readonly text: string; readonly asOf: IsoDate };
/** What stands under a section's heading: who and when, and how old the oldest of it is. */
export type SaidView = { readonly lines: readonly string[]; readonly level: Freshness['level']; readonly badge: string | null; readonly sentence: string | null };

/** A group of the listing's words as its source; nothing where it was never filled in. */
export const saidPart = (part: string, group: Said | null, today: IsoDate): readonly SaidPart[] =>
  (group === null ? [] : [{ part, text: saidText(group.saidBy, group.asOf, today), asOf: group.asOf }]);

/** The regulator's record as a source: when the institution last confirmed it, else when the list was read. */
export const recordPart = (part: string, { confirmedOn, source }: Pick<Institution, 'confirmedOn' | 'source'>, today: IsoDate): SaidPart =>
  (confirmedOn === null
    ? { part, text: `${source.title} · ${dayText(source.readOn, today)}读取，机构还没有核对`, asOf: source.readOn }
    : { part, text: `机构核对 · ${dayText(confirmedOn, today)}`, asOf: confirmedOn });

/** The record as the source of one group of facts: a street's word (街道代录) is told as such until the institution confirms it. */
export const factsPart = (part: string, of: Pick<Institution, 'confirmedOn' | 'source'>, changes: readonly Change[], group: string, today: IsoDate): SaidPart => {
  const other = statedForIt(changes, group, of.confirmedOn);
  return other ? { part, text: `${saidText(other.by, other.on, today)}，${listingText.notConfirmed}`, asOf: other.on } : recordPart(part, of, today);
};

/** The sources of a section in a line each, alike ones once, and the age of the oldest; null where nothing was said. */
export const saidView = (parts: readonly SaidPart[], today: IsoDate): SaidView | null => {
  if (parts.length === 0) return null;
  const texts = [...new Set(parts.map(({ text }) => text))];
  const oldest = parts.map(({ part, asOf }) => ({ part, ...freshnessOf(asOf, today) })).toSorted((one, other) => other.days - one.days)[0];
  const words = oldest ? freshnessText(oldest) : null;
  return {
    lines: texts.length === 1 ? texts : texts.map((text) => `${parts.filter((one) => one.text === text).map(({ part }) => part).join('、')}：${text}`),
    level: oldest?.level ?? 'fresh', badge: words?.badge ?? null, sentence: words && oldest ? `${texts.length > 1 ? oldest.part : ''}${words.sentence}` : null,
  };
};
