import type { SlotDetails } from '#domain/booking/model.ts';

type ClassDetails = Extract<SlotDetails, { readonly kind: 'class' }>;

const agesText = (ages: ClassDetails['ages']): string =>
  (ages === null ? '适合月龄：机构未填报' : `适合 ${String(ages.fromMonths)}–${String(ages.untilMonths)} 个月${ages.pregnancy ? '，孕期家庭也可以来' : ''}`);
const adultsText = (adults: number | null): string => (adults === null ? '每家可来几位大人：机构未填报' : `每家最多来 ${String(adults)} 位大人`);
const placeText = (place: string | null): string => (place === null ? '地点：机构未填报，请向机构确认' : `地点：${place}`);
const feeText = (fee: ClassDetails['fee']): string => {
  if (fee === null) return '收费：机构未填报';
  return fee.amount === 0 ? '免费' : `收费：每${fee.per === 'hour' ? '小时' : '次'} ${String(fee.amount / 100)} 元`;
};

/** 活动日历: what the calendar file and the feeds of a place say. */
export const activitiesText = {
  calendar: (place: string): string => `${place}父母课堂和亲子活动`,
  about: (place: string): string => `${place}托育机构开放报名的父母课堂和亲子活动。在本站报名不收费，活动本身是否收费看各条说明。`,
  untitled: '父母课堂',
  summary: (title: string | null, host: string): string => `${title ?? activitiesText.untitled}（${host}）`,
  cancelled: (title: string | null): string => `已取消：${title ?? activitiesText.untitled}`,
  seats: (open: number): string => (open > 0 ? `还可报 ${String(open)} 家` : '名额已满或已截止报名'),
  ages: agesText, adults: adultsText, place: placeText, fee: feeText,
  link: (url: string): string => `报名和详情：${url}`,
  note: '时间有变化时以本站页面为准。',
} as const;
