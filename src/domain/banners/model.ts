import { z } from 'zod';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** 公告种类: 传染病, 停课闭园, 天气, 其他. */
export const bannerKinds = ['outbreak', 'closure', 'weather', 'other'] as const;
export type BannerKind = (typeof bannerKinds)[number];

/** Where it is shown: one place, or every page of every place. */
export const everyScope = '*';
export type BannerScope = JurisdictionCode | typeof everyScope;

/** 公告: laid over every page from one instant until another, then gone by itself. Plain text; a link only within the site or to https. */
export type Banner = {
  readonly id: string; readonly scope: string; readonly kind: BannerKind; readonly words: string; readonly link: string | null;
  readonly from: Instant; readonly until: Instant; readonly version: number; readonly changedAt: Instant;
};

/** 暂停受理: while it lasts the public's forms take nothing in. */
export type ReadOnly = { readonly scope: string; readonly since: Instant; readonly until: Instant; readonly version: number };

const longest = 30 * 86_400_000;

/** What a person writes for a 公告. No number of eleven digits or more: nobody's mobile or identity number belongs on every page. */
export const bannerTyped = z.strictObject({
  kind: z.enum(bannerKinds),
  words: z.string().transform((text) => text.replace(/\s+/g, ' ').trim()).pipe(z.string().min(8, 'length').max(120, 'length').refine((text) => !/\d{11,}/.test(text), 'number')),
  link: z.string().trim().regex(/^(\/(?!\/)[\w/?=&.%-]*|https:\/\/[^\s"'<>]+)$/, 'link').max(300, 'link').nullable(),
  until: z.number().int(),
});
export type BannerTyped = z.infer<typeof bannerTyped>;

/** Whether the end lies ahead and within thirty days. */
export const isSoundEnd = (until: number, now: Instant): boolean => until > now && until - now <= longest;

/** What is shown at an instant in a place: of all places first, the newest first. */
export const bannersAt = (banners: readonly Banner[], place: string | undefined, now: Instant): readonly Banner[] =>
  banners.filter(({ scope, from, until }) => (scope === everyScope || scope === place) && from <= now && now < until)
    .toSorted((one, other) => Number(other.scope === everyScope) - Number(one.scope === everyScope) || other.from - one.from || one.id.localeCompare(other.id));
