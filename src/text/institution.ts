import type { CanCome } from '#domain/directory/admissionFit.ts';
import type { MonthlyFee } from '#domain/directory/fees.ts';
import type { MapVendor } from '#domain/directory/mapLinks.ts';
import type { Admission, Fee, Institution, OpeningHours, ServiceMode } from '#domain/directory/model.ts';
import type { AffordablePlaces } from '#domain/directory/places.ts';
import type { IsoDate, YearMonth } from '#domain/shared/dates.ts';
import { dayText, fullDayText, monthText } from '#text/dates.ts';
import { bandText, feeItemText, feeText, fitText, modeText, notStated } from '#text/directory.ts';

/** An amount with its period as families read it: ¥2,380／月. */
export const moneyText = (fen: number, per: Fee['per']): string => feeText(fen, per).replace('/', '／');

/** 地图. */
export const mapVendorText = { amap: '高德地图', baidu: '百度地图', tencent: '腾讯地图' } as const satisfies Record<MapVendor, string>;

/** 18 个月; 孕期 for a child still expected. */
export const ageText = (months: number): string => (months < 0 ? '孕期' : `${String(months)} 个月`);

const isLater = (from: YearMonth | null, today: IsoDate): from is YearMonth => from !== null && from > today.slice(0, 7);

/** 能不能上: the one answer of a card or page, for a child of this age. */
export const answerText = (months: number, can: CanCome, today: IsoDate): string => {
  // Beside an age the institution itself stretches a band to, the band's usual months would contradict it.
  const bands = can.bands.map((band) => (can.beyondStandard ? bandText[band].replace(/（.*）/, '') : bandText[band])).join('或');
  if (can.fits === 'unknown') return fitText[can.reason];
  if (can.fits === 'no') return isLater(can.from, today) ? `${ageText(months)}${fitText[can.reason]}，${monthText(can.from)}起可选` : `${ageText(months)}：${fitText[can.reason]}`;
  const when = isLater(can.from, today) ? `${monthText(can.from)}可上` : `${ageText(months)}可上`;
  const sentence = bands === '' ? when : `${when} ${bands}`;
  return can.fits === 'check' ? `${sentence}，以机构现场核对出生日期为准` : sentence;
};

/** 空余托位 with the day it was confirmed, or how to ask. */
export const freeText = (free: number | null, confirmedOn: IsoDate | null, phone: string | null, today: IsoDate): string => {
  const ask = phone === null ? '空位请询问机构' : '空位请电话询问';
  if (free === null) return confirmedOn === null ? `${ask}（${notStated}）` : `${ask}（上次核对 ${dayText(confirmedOn, today)}）`;
  const said = free === 0 ? '没有空位' : `空 ${String(free)} 个托位`;
  return confirmedOn === null ? said : `${said}（${dayText(confirmedOn, today)}核对）`;
};

/** 全部费用: about how much a month, 起 where bands differ. */
export const monthlyFeeText = (fee: MonthlyFee | null): string | null =>
  (fee === null ? null : `约 ${moneyText(fee.amount, 'month')}${fee.fromLowestBand ? '起' : ''}`);

export const feeMissing = '机构未填报费用';

/** What comes on top of the monthly sum; null when nothing does. */
export const notIncludedText = (fee: MonthlyFee): string | null => {
  const known = fee.perDayNotIncluded.map(({ item, amount, per }) => `${feeItemText[item]} ${moneyText(amount, per)}`);
  const unknown = fee.notStated.map((item) => `${feeItemText[item]}（金额未填报）`);
  return known.length + unknown.length === 0 ? null : `另收${[...known, ...unknown].join('、')}`;
};

/** 合计: which items the monthly sum holds. */
export const includesText = (fee: MonthlyFee): string =>
  `含${fee.includes.map((item) => feeItemText[item]).join('、')}${fee.mode !== null && fee.mode !== 'fullDay' ? `，按${modeText[fee.mode]}计` : ''}`;

/** 普惠托位 20/47. */
export const affordableText = (share: AffordablePlaces): string =>
  `普惠托位 ${String(share.places)}${share.of === null ? '' : `/${String(share.of)}`}`;

/** 全日托 · 半日托, with what a family must know of the year. */
export const modesText = (modes: readonly ServiceMode[], opensInSchoolHolidays: boolean | null): string =>
  [...(modes.length > 0 ? modes.map((mode) => modeText[mode]) : [`服务方式${notStated}`]), ...(opensInSchoolHolidays === false ? ['寒暑假不开放'] : [])].join(' · ');

const weekday = (day: number): string => `周${'一二三四五六日'.charAt(day - 1)}`;

const dayRun = (days: readonly number[]): string => {
  const [first = 1, last = first] = [days[0], days.at(-1)];
  return days.length > 2 && last - first === days.length - 1 ? `${weekday(first)}至${weekday(last)}` : days.map(weekday).join('、');
};

/** 周一至周五 7:30–17:30；周六 8:00–12:00; null when no hours are stated. */
export const hoursText = (hours: readonly OpeningHours[]): string | null => {
  const byDay = new Map<number, string>();
  for (const { weekday: day, opens, closes } of [...hours].sort((one, other) => one.weekday - other.weekday || (one.opens < other.opens ? -1 : 1))) {
    const times = `${opens.replace(/^0/, '')}–${closes.replace(/^0/, '')}`;
    byDay.set(day, byDay.has(day) ? `${byDay.get(day) ?? ''}、${times}` : times);
  }
  const groups = new Map<string, number[]>();
  for (const [day, times] of byDay) groups.set(times, [...groups.get(times) ?? [], day]);
  return groups.size === 0 ? null : [...groups].map(([times, days]) => `${dayRun(days)} ${times}`).join('；');
};

/** 收托规则 in words. */
export const admissionText = (rule: Admission, today: IsoDate): string => {
  if (rule.rule === 'byMonths') return `收 ${String(rule.min)}–${String(rule.max)} 个月`;
  const apply = rule.applyFrom === null ? '' : `；报名 ${dayText(rule.applyFrom, today)}${rule.applyUntil === null ? '起' : `至 ${dayText(rule.applyUntil, today)}`}`;
  return `按学年招生：${monthText(rule.entryMonth)}入托，收 ${monthText(rule.bornFrom)}至 ${monthText(rule.bornUntil)}出生的孩子${apply}${rule.how === null ? '' : `；${rule.how}`}`;
};

/** How a record that is no longer in force ended: what happened, since when, by which decision. */
export const endedText = (of: Pick<Institution, 'credential' | 'missingSince'>, reason: string | null = null): { readonly badge: string; readonly title: string; readonly sentence: string } => {
  const { kind, state, since, decisionNumber } = of.credential;
  const when = since === null ? '起始日期未载明' : `自 ${fullDayText(since)} 起`;
  const decision = `${decisionNumber === null ? '决定文号未载明' : `决定文号：${decisionNumber}`}${reason === null ? '' : `。原因：${reason}`}`;
  if (state === 'suspended') return { badge: '已暂停', title: '这家机构目前暂停，不接受预约', sentence: `${when}。${decision}。` };
  if (state === 'withdrawn' && kind === 'kindergarten') return { badge: '资质已失效', title: '这个幼儿园托班的办园资质已失效，不接受预约', sentence: `${when}。${decision}。` };
  if (state === 'withdrawn') return { badge: '已注销备案', title: '这家机构已注销备案，不接受预约', sentence: `${when}。${decision}。` };
  const missing = of.missingSince === null ? '' : `自 ${fullDayText(of.missingSince)} 起，`;
  return { badge: '不在最近名录中', title: '这家机构不在最近一次名录中', sentence: `${missing}最近一次导入的名录里没有这家机构；原因未载明，请先向备案机关核实。` };
};

/** 规划示范点: said everywhere such a site is shown. */
export const plannedText = {
  groupTitle: (year: number): string => `规划示范点（${String(year)}年方案，非备案信息）`,
  groupNote: '以下只是当年公开方案写下的计划，是否建成、是否备案，方案里都没有写。',
  badge: (year: number): string => `${String(year)}年计划`,
  filingUnknown: '备案情况未载明',
  notCare: '不收托',
  areaNote: '口径未注明，不可比较',
  provisional: '名称为暂定',
  capacityMissing: '方案未写',
  panelTitle: '这是规划，不是备案信息',
} as const;

/** What the part about the credential is called, by the body that keeps it. */
export const credentialTitle = { filing: '备案信息', kindergarten: '办园资质（教育部门管理）', licence: '准入信息' } as const satisfies Record<Institution['credential']['kind'], string>;

/** Words of the institution's page. */
export const institutionText = {
  stale: '待更新',
  staleSince: (days: number): string => `待更新（已 ${String(days)} 天未核对）`,
  neverConfirmed: '机构还没有核对过这些信息',
  authorityOfPlace: '名录没有写，按当地备案机关显示',
  unofficial: '待官方核对',
  slots: '预约参观',
  tellMe: '有空位告诉我',
  bookCare: '预约计时托、临时托', bookClass: '报名父母课堂、亲子活动',
  answerLabel: '能不能上、怎么联系',
  call: '电话',
  address: '地址', navigate: '地图', copy: '复制地址', copied: '已复制',
  numberMissing: '公示信息未载明',
  sampleNote: '示例机构，内容均为虚构',
  feeMissing,
  free: '空余托位以机构确认为准；预约参观不代表取得托位。',
  askAge: '宝宝多大？点一下，看能不能上',
  complain: '提诉求', complainLede: '照护、安全、收费有问题，或者想表扬、提建议，可以不留姓名。机构看不到您是谁。', wrong: '报告信息有误', wrongLede: '页面上写的和实际不一样？告诉我们，机构和主管部门会核对。', poster: '打印海报',
  decisionMark: (count: number): string => `${String(count)} 项处理决定公示中`,
} as const;
