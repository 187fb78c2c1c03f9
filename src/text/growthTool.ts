import type { GrowthMonthRefusal, GestationRefusal, MeasuredDayRefusal, MeasureRefusal } from '#domain/guidance/growthTyped.ts';
import type { DateRefusal, ExactAge } from '#domain/guidance/babyAge.ts';
import type { Gestation, GrowthIndicator, GrowthStandard, Sex } from '#domain/guidance/growthModel.ts';

export const sexText = { boys: '男孩', girls: '女孩' } as const satisfies Record<Sex, string>;
export const indicatorText = { weight: '体重', length: '身长（身高）', head: '头围' } as const satisfies Record<GrowthIndicator, string>;
export const unitText = { weight: '公斤', length: '厘米', head: '厘米' } as const satisfies Record<GrowthIndicator, string>;
export const standardText = { wst423: '国家标准', who: '世界卫生组织' } as const satisfies Record<GrowthStandard, string>;
/** How a standard is cited under a chart. */
export const standardCite = { wst423: '国家标准 WS/T 423—2022（待官方核对）', who: '世界卫生组织儿童生长标准，2006 年' } as const satisfies Record<GrowthStandard, string>;
export const placeText = { within: '在参考范围内', ask: '建议咨询儿保医生' } as const;

/** 生长记录: words of the tool that runs on the device. */
export const growthToolText = {
  title: '记一次测量',
  promise: '这些只留在这台手机（电脑）上，不会发出去。',
  sex: '宝宝是',
  birth: '出生日期',
  dayHint: '例如 20260420 或 2026-4-20',
  gestation: '出生孕周（选填）',
  gestationHint: '没到 37 周出生的请填，例如 34 或 34+2。看出院小结。',
  day: '哪天量的',
  measures: '量了什么就填什么，至少填一个。',
  save: '记下来',
  saved: '记下来了。',
  replaced: '这一天记过，已换成新的数。',
  notKept: '浏览器不让保存，这些数只在这一页有效。',
  full: '最多记 60 次。请先删掉不要的。',
  change: '改宝宝的资料',
  saveChild: '改好了',
  forget: '全部从这台设备上删掉',
  forgotten: '记录已全部删掉。',
  remove: '删掉这次',
  removed: '已删掉这一次。',
  list: '记录',
  view: '看哪张图',
  viewSex: '男孩还是女孩',
  viewIndicator: '看什么',
  viewStandard: '按哪个标准',
  viewMonths: '满几个月（选填）',
  viewMonthsHint: '填 0 到 36，看那个月的范围。',
  go: '看图',
  print: '打印这张图',
  median: '中位数',
  range: '参考范围（标准差 −2 到 +2）',
  low: '范围下边',
  high: '范围上边',
  months: '月龄',
  asked: '你选的月龄',
  breakLine: '满 24 个月：躺着量改站着量，线断开',
  tableOpen: '用表格看',
  position: '满 24 个月起是站着量的身高',
  otherSex: '你记的宝宝和这张图不是同一张表，点没有画上去。',
  beforeBirth: '这一天早于出生日期，请核对。',
  beforeDue: '还没到预产期。表从足月出生算起，这一次请以医院的记录为准。',
  older: '满 36 个月以后，本页没有参考范围。',
  noDiagnosis: '这不是诊断。一次的数只说这一天，请看几次的走势。',
  askTitle: '有一次的数在参考范围外',
  askLines: ['先核对日期、单位和量法，可以再量一次。', '还是在外面，就约儿保医生，带上这张图和记录。'],
  needsSex: '请选男孩或女孩，两张表不一样。',
  needsMeasure: '还没有填数。体重、身长、头围，至少填一个。',
} as const;

const birthAgain = '请按年、月、日填，例如 20260420。';
export const birthRefusalText = {
  'blank': `还没有填出生日期。${birthAgain}`, 'unreadable': `没有看懂出生日期。${birthAgain}`, 'no-such-day': '日历上没有这一天。请核对月和日。',
  'future': '出生日期还没有到。请核对年份。', 'too-long-ago': '这是十年以前了。本页讲到满 36 个月，请核对年份。',
  'due-passed': birthAgain, 'due-too-far': birthAgain,
} as const satisfies Record<DateRefusal, string>;

export const dayRefusalText = {
  'blank': '还没有填量的日期。例如 20260820。', 'unreadable': '没有看懂量的日期。请按年、月、日填，例如 20260820。', 'no-such-day': '日历上没有这一天。请核对月和日。',
  'future': '量的日期还没有到。请核对。', 'before-birth': '量的日期早于出生日期。请核对两个日期。', 'older': '那天已过满 36 个月，本页没有参考范围。',
} as const satisfies Record<MeasuredDayRefusal, string>;

export const gestationRefusalText = {
  'unreadable': '没有看懂孕周。请填周数，例如 34 或 34+2；不知道就空着。', 'out-of-range': '孕周一般在 20 到 44 之间，天数 0 到 6。请核对；不知道就空着。',
} as const satisfies Record<GestationRefusal, string>;

const measureExample = { weight: '按公斤填，例如 7.5', length: '按厘米填，例如 66.5', head: '按厘米填，例如 42.5' } as const satisfies Record<GrowthIndicator, string>;
const measureName = { weight: '体重', length: '身长', head: '头围' } as const satisfies Record<GrowthIndicator, string>;

/** Why a measured value cannot be used, and how to write it. */
export const measureRefusalText = (indicator: GrowthIndicator, reason: MeasureRefusal, typed: string): string => {
  const name = measureName[indicator];
  const said = typed.trim().slice(0, 12);
  if (reason === 'unreadable') return `没有看懂${name}“${said}”。请${measureExample[indicator]}。`;
  return `${name}“${said}”${reason === 'too-much' ? '太大了' : '太小了'}，像是单位或小数点错了。请${measureExample[indicator]}。`;
};

/** Why a month of age cannot be used. */
export const growthMonthText = (reason: GrowthMonthRefusal, typed: string): string =>
  (reason === 'older' ? `本页的参考范围到满 36 个月，没有满 ${typed.normalize('NFKC').trim().slice(0, 8)} 个月的。请填 0 到 36。` : `没有看懂月龄“${typed.trim().slice(0, 12)}”。请填 0 到 36 的整数。`);

/** A number as the tables print it: at least one decimal, two where the second says something. */
export const amountText = (value: number): string => (Math.round(value * 100) % 10 === 0 ? value.toFixed(1) : value.toFixed(2));

/** As a family typed it. */
export const ownAmountText = (value: number, indicator: GrowthIndicator): string => `${String(value)} ${unitText[indicator]}`;

export const bandText = (low: number, high: number, indicator: GrowthIndicator): string => `${amountText(low)}–${amountText(high)} ${unitText[indicator]}`;

const monthsText = (months: number): string => (months === 0 ? '出生时' : `满 ${String(months)} 个月`);

/** What the range of a month is, in one sentence. */
export const monthSentence = (sex: Sex, indicator: GrowthIndicator, months: number, band: { readonly low: number; readonly median: number; readonly high: number; readonly by: string }): string =>
  `${monthsText(months)}的${sexText[sex]}，${nameAt(indicator, months)}的参考范围是 ${bandText(band.low, band.high, indicator)}，中位数 ${amountText(band.median)} ${unitText[indicator]}。${band.by === 'between' ? '表里没有这个月，按前后两行直线推算。' : ''}`;

/** Length lies, height stands. */
export const nameAt = (indicator: GrowthIndicator, months: number): string => (indicator === 'length' ? (months < 24 ? '身长' : '身高') : measureName[indicator]);

/** Title of a chart and of its table. */
export const chartTitle = (sex: Sex, indicator: GrowthIndicator): string => `${sexText[sex]}${indicatorText[indicator]}，0 到 36 个月`;

/** How a range between rows was come by; nothing to say of a row. */
export const byText = { table: '', between: '两行之间按直线推算', held: '满 24 个月量法改变，不跨着推算，用满 23 个月的数' } as const;

/** 满 7 个月零 3 天. */
export const ageText = ({ months, days }: ExactAge): string => (months === 0 ? `出生 ${String(days)} 天` : `满 ${String(months)} 个月${days === 0 ? '' : `零 ${String(days)} 天`}`);

/** The age a measuring is read at, and which. */
export const usedAgeText = (used: ExactAge, actual: ExactAge | null, corrected: boolean): string =>
  (corrected && actual ? `按矫正月龄：${used.months === 0 ? `足月后 ${String(used.days)} 天` : ageText(used)}（实际${ageText(actual)}）` : ageText(used));

/** Which age counts for a preterm child, said once above the list. */
export const correctionText = ({ weeks, days }: Gestation): string => `出生孕周 ${String(weeks)} 周${days === 0 ? '' : ` ${String(days)} 天`}，实际满 24 个月前按矫正月龄看，之后按实际月龄看（待官方核对）。`;

/** 2026年11月22日. */
export const growthDay = (day: string): string => `${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8, 10)))}日`;

/** The child of the record, in one line. */
export const childText = (sex: Sex, birth: string): string => `${sexText[sex]}，${growthDay(birth)}出生`;

/** 32 or 32+3. */
export const gestationTyped = (gestation: Gestation | null): string => (gestation === null ? '' : gestation.days === 0 ? String(gestation.weeks) : `${String(gestation.weeks)}+${String(gestation.days)}`);

/** What a reader hears in place of the picture. */
export const chartSpoken = (first: string, last: string, own: number): string => `折线图，两条边线之间是参考范围。${first}${last}${own === 0 ? '' : `图上有你记的 ${String(own)} 个点。`}每个数都在下面的表里。`;
