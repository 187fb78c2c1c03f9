import type { Institution } from '#domain/directory/model.ts';
import type { Listing } from '#domain/listing/model.ts';
import { decisionsInForce, shownAssessments, shownDecisions } from '#domain/listing/rules.ts';
import type { Nearby } from '#domain/directory/nearby.ts';
import type { SearchedChild } from '#domain/directory/admissionFit.ts';
import { freePlacesIn } from '#domain/directory/places.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { freeConfirmedOn, hrefOf } from '#server/pages/cards.ts';
import type { Fact } from '#server/pages/institutionFacts.ts';
import { fullDayText } from '#text/dates.ts';
import { distanceText } from '#text/directory.ts';
import { feeMissing, freeText, monthlyFeeText } from '#text/institution.ts';
import { assessmentText, changeText, decisionKindText, decisionStandsText, listingText, sayerText, withdrawalText } from '#text/listing.ts';

/** 评估: what an authority found, each with its standard, body and day. */
export const assessmentsView = (listing: Listing, today: IsoDate): readonly (readonly Fact[])[] =>
  shownAssessments(listing.assessments, today).map((one) => [
    { name: '结果', value: assessmentText(one, one.inForce) },
    ...(one.year === null ? [] : [{ name: '评估年度', value: `${String(one.year)} 年` }]),
    { name: '依据', value: one.standard },
    { name: '评估单位', value: one.body },
    { name: '评估日期', value: fullDayText(one.assessedOn) },
    { name: '文号', value: one.documentNumber, missing: '未载明' },
    ...(one.note === null ? [] : [{ name: '说明', value: one.note }]),
  ]);

/** 正式决定: what was decided, until when it is shown, and the institution's reply beside it. */
export const decisionsView = (listing: Listing, today: IsoDate) => shownDecisions(listing.decisions, today).map((one) => ({
  title: decisionKindText[one.kind], about: one.about, withdrawn: one.withdrawn && withdrawalText[one.withdrawn.kind], stands: decisionStandsText(one),
  facts: [{ name: '文号', value: one.number }, { name: '作出单位', value: one.body }, { name: '日期', value: fullDayText(one.decidedOn) }],
  reply: one.reply && { text: one.reply.text, day: fullDayText(one.reply.on) },
}));

/** How many decisions are in force, for a mark beside the name. */
export const decisionsCount = (listing: Listing, today: IsoDate): number => decisionsInForce(listing.decisions, today).length;

/** 变更记录: noted changes and the days that the record itself names, newest first. */
export const historyView = (of: Institution, listing: Listing, today: IsoDate): readonly { readonly day: string; readonly what: string }[] => {
  const own = [
    ...(of.credential.receiptedOn ? [{ on: of.credential.receiptedOn, what: of.credential.kind === 'filing' ? '备案通过' : '资质记载' }] : []),
    ...(of.feesFrom ? [{ on: of.feesFrom, what: '现行收费开始执行' }] : []),
    ...(of.credential.since ? [{ on: of.credential.since, what: '备案或资质状态变更' }] : []),
  ];
  return [...listing.changes.map((one) => ({ on: one.on, what: changeText(one) })), ...own].filter(({ on }) => on <= today)
    .toSorted((one, other) => (one.on < other.on ? 1 : one.on > other.on ? -1 : 0)).map(({ on, what }) => ({ day: fullDayText(on), what }));
};

/** 照片 that may be shown, at their addresses. */
export const photosView = (listing: Listing, base: string) => listing.photos.map(({ id, caption, illustration, takenOn, width, height, saidBy }) => ({
  src: `${base}photos/${id}.webp`, alt: caption, width, height,
  caption: [caption, illustration && !caption.includes(listingText.illustration) ? listingText.illustration : '', takenOn ? `${fullDayText(takenOn)}拍摄` : '', illustration ? '' : sayerText[saidBy]].filter(Boolean).join(' · '),
}));

/** 附近: other institutions in force, how far, what is free and what it costs. */
export const nearbyView = (found: readonly Nearby[], slug: string, child: SearchedChild | null, today: IsoDate) => found.map(({ entry: { institution: of }, metres }) => ({
  name: of.name, href: hrefOf(slug, of.id, { months: child?.months ?? null, start: child?.start ?? null }),
  where: metres === null ? listingText.nearbyStreet : distanceText(metres),
  free: freeText(freePlacesIn(of, today), freeConfirmedOn(of, undefined, today), of.phone, today),
  fee: monthlyFeeText(monthlyFee(of)) ?? feeMissing,
}));
