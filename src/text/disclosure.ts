import type { GoalStanding } from '#domain/guidance/policyDates.ts';
import type { Target } from '#domain/jurisdiction/model.ts';
import type { TargetOutcome } from '#domain/jurisdiction/targetOutcome.ts';
import { disclosureLink, siteText } from '#text/site.ts';

const eachText = { institution: '每家机构', township: '每个乡镇', county: '各县（区）各' } as const satisfies Record<NonNullable<Target['each']>, string>;

/** The number a goal asks for, in words; null where it names none. */
export const goalValue = ({ least, most, unit, each }: Pick<Target, 'least' | 'most' | 'unit' | 'each'>): string | null => {
  if (least === null) return null;
  const amount = most === null ? `至少 ${String(least)}` : least === most ? String(least) : `${String(least)}–${String(most)}`;
  return `${each === null ? '' : eachText[each]}${each === 'county' ? ' ' : ''}${amount}${unit === '%' ? '%' : ` ${unit ?? ''}`}`.trim();
};

const amountText = (amount: number): string => amount.toLocaleString('zh-CN');

/** Words of 本地托育情况. */
export const disclosureText = {
  title: disclosureLink,
  lede: '这里有多少托位、空多少、收多少钱、离方案的目标还有多远。能数的都从名录里数，写明怎么算；数不出来的，写“待主办单位填写”，不估算。',
  asOf: (day: string): string => `按${day}的名录计算。`,
  samples: (count: number): string => `其中 ${amountText(count)} 家是示例机构，不是真实数据，只用来演示。`,
  historical: '这个行政区已经撤销，下面的目标是历史资料，不再考核。',
  csv: '下载这些数字（CSV）', unknown: siteText.awaitingOrganiser, notChecked: '待机构核对', none: '还没有', institutions: '已备案在册', institutionsUnit: (count: number): string => `${amountText(count)} 家`,
  supply: '供给', places: '托位', free: '空余托位', unit: (count: number): string => `${amountText(count)} 个`, homes: (count: number): string => `${amountText(count)} 家`,
  placesFrom: (known: number, all: number): string => `各机构登记的托位之和；${amountText(all)} 家里有 ${amountText(known)} 家填了`, freeFrom: (known: number): string => `30 天内核对过的 ${amountText(known)} 家之和`,
  perThousand: '每千人口托位数', perThousandFrom: (places: number, people: number, year: number, source: string): string => `托位 ${amountText(places)} ÷ 常住人口 ${amountText(people)}（${String(year)} 年，${source}）× 1000`, perThousandUnknown: '缺常住人口数，没有分母不计算',
  affordable: '普惠托位占比', affordableFrom: (part: number, whole: number): string => `普惠 ${amountText(part)} ÷ 全部 ${amountText(whole)}（托位有记录的机构）`, affordableUnknown: '还没有机构的托位有记录', percent: (share: number): string => `${String(share)}%`,
  care: '入托率', careFrom: (children: number, base: number, day: string, source: string): string => `在托 ${amountText(children)} ÷ 三岁以下 ${amountText(base)}（${day}，${source}）`, careUnknown: '缺三岁以下婴幼儿数，没有分母不计算',
  inCare: '在托人数', inCareFrom: (month: string, reported: number, due: number): string => `${month}末，${amountText(due)} 家里有 ${amountText(reported)} 家报了`, children: (count: number): string => `${amountText(count)} 人`, fewChildren: '少于 5 人',
  coverage: '乡镇和街道的覆盖', coverageFrom: (covered: number, all: number): string => `${amountText(all)} 个乡镇、街道里，${amountText(covered)} 个有在册的机构。按机构登记的地址数。`, uncovered: '还没有机构的：', allCovered: '每个乡镇、街道都有机构。', noUnits: '还没有乡镇、街道的名单。', has: (count: number): string => `${amountText(count)} 家`, hasNone: '还没有',
  streets: '各乡镇、街道的供给和需求', streetsNote: '需求是家长在本站登记的、还在找的；少于 5 户不公布。供给里没填的不算，所以两边都可能比实际少，不能直接相减。', street: '乡镇、街道', wanted: '登记的需求', hidden: '少于 5 户', wantedUnit: (count: number): string => `${amountText(count)} 户`, noStreet: '没有写明乡镇、街道', noStreets: '还没有机构，也没有登记的需求。', whole: '全部',
  bands: '班型和收费', band: '班型', fee: '每月全部费用（中位数）', feeNote: '中位数：把各机构这个班的每月全部费用（必交的、按月收的）从低到高排，取正中间。没有公示收费的不算。', feeOf: (middle: string, least: string, most: string, of: number): string => (of === 1 ? `${middle}（1 家）` : `${middle}（${amountText(of)} 家，${least}–${most}）`), noFee: '没有公示',
  modes: '服务方式', mode: '方式', kinds: '机构类型', kind: '类型', count: '机构',
  goals: '方案的目标', goalsNote: (title: string): string => `出自${title}。达到没达到，只按本站数得出来的说；其余由主办单位填写。`, goal: '目标', number: '要求', due: '期限', status: '状态', now: '现在', source: '原文', noNumber: '没有数值', noDue: '没有写', noGoals: '所存的文件里没有写目标。', line: (line: number): string => `第 ${String(line)} 行`,
  planned: '规划过的示范点', plannedNote: (count: number, year: number): string => `${String(year)} 年的方案列了 ${String(count)} 个，是计划，不是备案，也不代表已经建成。建成情况：待主办单位填写。`, model: '服务模式', plannedCount: '个数', classes: '班级', plannedChildren: '计划招收', plannedSum: '方案写明的合计', plannedDue: '计划完成', notStated: '没有写', plannedList: '逐个看',
  quality: '质量和监管', grades: '质量评估', gradesNote: '每家机构按还有效的最近一次评估算一次。', grade: '等级', notGraded: '还没有评估结果', gradeText: (grade: string): string => `${grade} 级`, decisions: '公示中的正式决定', decisionsNote: '只公示正式文书；到期自动撤下，撤销或变更的注明。机构的说明在它自己的页面上。', noDecisions: '现在没有公示中的正式决定。', decisionColumns: ['机构', '决定', '文号', '作出单位', '日期', '公示'] as const, inForce: (count: number): string => `${amountText(count)} 份在公示中。`,
  complaints: '诉求办理', complaintsNote: (from: string, to: string): string => `${from}到${to}收到的。只公布合计，少于 5 件的不公布；不公布任何一件诉求。`, total: '收到', inTime: '按时答复', satisfied: '满意（4 分、5 分）', few: '少于 5 件', cases: (count: number): string => `${amountText(count)} 件`, complaintColumns: ['事项', '主办部门', '件数', '按时答复', '满意'] as const, noComplaints: '这段时间少于 5 件，按规则不公布。', noLead: '还没有分派',
  sampleMark: '示例', more: '怎么算、从哪来', csvColumns: ['指标', '分类', '数值', '单位', '算法或出处', '日期'] as const, toDirectory: '看托育机构名录', toDuties: '谁管什么',
} as const;

/** How a goal stands by what the site counts. */
export const outcomeText = (outcome: TargetOutcome, unit: string | null): string => {
  if (outcome.kind === 'notCounted') return siteText.awaitingOrganiser;
  if (outcome.kind === 'noPopulation') return `${siteText.awaitingOrganiser}（缺常住人口数）`;
  const now = outcome.of === null ? `${amountText(outcome.now)} ${unit ?? ''}`.trim() : `${amountText(outcome.now)}／${amountText(outcome.of)}`;
  return `现在 ${now}，${outcome.kind === 'reached' ? '达到' : '没有达到'}`;
};

/** Where a goal's time stands today. */
export const goalDueText = {
  ahead: '还没到期限', passed: '期限已过', yearly: '每年要做', undated: '没有写期限', expired: '方案已过期', abolished: '历史目标',
} as const satisfies Record<GoalStanding, string>;
