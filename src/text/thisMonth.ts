import type { MonthTopic } from '#domain/guidance/monthModel.ts';

/** 本月宝宝: words of the pages by month. */
export const thisMonthText = {
  title: '本月宝宝',
  lede: '选宝宝的月龄，看这个月常见的样子、玩什么、吃什么，还有该做的检查和疫苗。',
  choose: '选月龄',
  chooseHint: '还没出生就选“孕期”。',
  expecting: '孕期',
  go: '看这个月',
  other: '换一个月龄',
  previous: '上个月',
  next: '下个月',
  near: '个个不同，早一点、晚一点都常见。',
  todo: '接下来要做的',
  checkupNow: '这个月的健康检查',
  checkupNext: '下一次健康检查',
  dosesNow: '这个月可以打的疫苗',
  dosesNext: '下一批疫苗',
  byClinic: '疫苗都以接种单位安排为准。错过了也能补，请问接种单位。',
  noMore: '本页的疫苗和检查到这里为止。后面的，请问接种单位和儿保医生。',
  earlier: '对一对接种证：之前该打的',
  screenings: '要查的',
  signsAsked: '医生还会问预警征象',
  unverified: '待官方核对',
  signsNote: '有一条符合，或者以前会的现在不会了，叫“初筛异常”。它不是诊断。建议带宝宝去看儿保医生。早产的宝宝，请告诉医生出生时的孕周。',
  doctor: '什么时候马上就医',
  doctorLines: ['呼吸费力、嘴唇发紫、抽搐、叫不醒：马上打 120。', '很小的宝宝发热、不吃奶、精神差：尽快去医院。', '你觉得不对劲：不用等下一次检查，直接问医生。'],
  reading: '这个月值得看的',
  library: '学育儿：全部文章',
  growth: '生长曲线：记体重、身长、头围',
  leave: '产假、育儿假和哺乳时间',
  ask: '拿不准，问谁',
  askLine: '身体和发育，问社区卫生服务中心或乡镇卫生院的儿童保健门诊。大人心里难受，可以打心理援助热线 12356，不用说名字。',
  healthPoints: '看附近的儿童保健门诊和接种单位',
  classes: '看这里的亲子课',
  care: '找托育',
  careFits: '看适合这个月龄的托育机构',
  careEarly: '看本地的托育机构',
  careOrder: '现在没有空位？登记一下，有空位告诉你',
  careExpecting: '《托育机构设置标准（试行）》里的乳儿班，收 6–12 个月（待官方核对）。可以先看看附近有哪些机构。',
  sourcesTitle: '依据',
  review: '尚未经医务人员审核，请以医生意见为准。',
  sourcesNote: '文字由本站编写，月龄安排按下面的文件。标“待官方核对”的，还没有和官方原文比对。',
  olderTitle: '满 36 个月以后',
  older: ['宝宝长大了。本页讲到满 36 个月。', '多数孩子接下来上幼儿园。报名的时间和条件，请问当地教育部门。', '还没到入园时间，可以问问现在的托育机构能不能上到开学。'],
  olderCare: '看还收这个年龄的机构',
  errorTitle: '有错误：本月宝宝',
  print: '打印本页',
} as const;

type ExpectingLine = { readonly text: string; readonly key: string; /** The source is sound, this fact of it not yet. */ readonly unverified?: boolean };

/** 孕期: what to get ready, each line with the source that says it; `key` names it in the reference tables. */
export const expectingText: { readonly title: string; readonly lede: string; readonly groups: readonly { readonly title: string; readonly lines: readonly ExpectingLine[] }[] } = {
  title: '孕期：宝宝出生前后要准备的',
  lede: '先记下这几件事，到时候不慌。',
  groups: [
    { title: '出生当天', lines: [{ text: '乙肝疫苗第 1 剂在出生后 24 小时内打，卡介苗也在出生时打。', key: 'nip-2026' }] },
    { title: '第一个月', lines: [
      { text: '出生 1 个月内，到居住地的接种单位，或出生的医院，办预防接种证。', key: 'vaccine-law' },
      { text: '出院后 1 周内，医务人员会上门看宝宝。把住址和电话告诉医院。', key: 'phs-2017', unverified: true },
      { text: '出生后 28–30 天做满月检查，可以和乙肝疫苗第 2 剂一起。', key: 'phs-2017', unverified: true },
    ] },
    { title: '喂养', lines: [{ text: '出生到满 6 个月，只喂母乳就够。有困难时早点问医生或助产士。', key: 'feeding-2025' }] },
    { title: '家里', lines: [
      { text: '小床要平、要稳。床上不放枕头、厚被和玩具。', key: 'injury-2021' },
      { text: '坐汽车用安全座椅，先学会怎么装。', key: 'injury-2021' },
    ] },
  ],
};

export const topicTitle = { typical: '这个月常见的样子', play: '一起玩', feeding: '吃', safety: '安全' } as const satisfies Record<MonthTopic, string>;

/** 满 7 个月; a newborn has not completed a month. */
export const monthName = (months: number): string => (months === 0 ? '刚出生' : `满 ${String(months)} 个月`);

/** Heading of a month's page. */
export const monthTitle = (months: number): string => `${monthName(months)}的宝宝`;

/** Which months a band speaks of, where it is more than one. */
export const bandText = (from: number, to: number): string => (from === to ? '' : `下面讲 ${String(from)}–${String(to)} 个月。`);

/** Signs of an age that has come, or that is still ahead. */
export const signsTitle = (age: number, ahead: boolean): string => (ahead ? `到满 ${String(age)} 个月时，留意这些` : `满 ${String(age)} 个月的预警征象`);

/** The address asked for something that is no month. */
export const unreadableText = (typed: string): string => `没有看懂月龄“${typed}”。请在下面选一个，从刚出生到满 36 个月。`;

/** From which age a dose is given. */
export const fromAgeText = (months: number): string => (months === 0 ? '出生时' : `满 ${String(months)} 个月起`);

/** What stands behind 最晚. */
export const finishText = (months: number): string => `满 ${String(months)} 个月前打完`;

/** 乙肝疫苗 第 2 剂. */
export const doseText = (vaccine: string, dose: number): string => `${vaccine} 第 ${String(dose)} 剂`;

/** 〔依据 2〕 behind a sentence with a number, and whether that is still to be compared with the official text. */
export const citeText = (at: number, unverified: boolean): string => `〔依据 ${String(at)}${unverified ? `，${thisMonthText.unverified}` : ''}〕`;

/** A source as a line: title, number, issuer and year. */
export const sourceText = ({ title, number, issuer, year }: { readonly title: string; readonly number: string | null; readonly issuer: string; readonly year: number }): string => `《${title}》${number === null ? '' : `，${number}`}，${issuer}，${String(year)}年`;
