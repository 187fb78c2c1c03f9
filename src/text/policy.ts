import type { LeaveKind, LeaveRow, Nature } from '#domain/guidance/model.ts';
import type { PolicySlug } from '#domain/guidance/policy.ts';
import type { Cohort, GoalStanding } from '#domain/guidance/policyDates.ts';
import type { Confidence, DocumentStatus, Duty, Subject } from '#domain/jurisdiction/model.ts';
import { monthText } from '#text/dates.ts';

/** Words of the policy pages. */
export const policyText = {
  index: '政策和手续',
  lede: '休假、补贴、入托材料、备案和办托，一件一件说清楚。每句话都写明依据；没有核对过官方原文的，标着“待官方核对”。',
  families: '家里有孩子',
  everyone: '想弄明白的事',
  local: '这里的情况',
  toVerify: '待官方核对',
  sources: '依据',
  sourcesNote: '句末的数字对应下面的文件。没有数字的句子是本站的建议。',
  checked: (day: string, next: string): string => `编辑核对：${day}；下次核对：${next}。法规会变，办事以部门答复为准。`,
  related: '接着看',
  articles: '学育儿里怎么说',
  print: '可以直接打印这一页。',
  ask: '请问机构',
  askOffice: '请问当地部门',
  quoteLine: (line: number): string => `文件第${String(line)}行`,
  noDocumentTitle: '当地的实施方案（所存文本没有标题）',
  localOf: (name: string): string => `${name}的写法`,
  abolished: (place: string, successor: string): string => `${place}已经并入${successor}。这一页写到本地的部分只是历史资料，办事请联系${successor}。`,
  expired: (day: string): string => `本地的方案有效期到${day}，现在已经过期。写到本地的部分是历史内容，办事请先问当地部门。`,
} as const;

/** One line under each link of the index: what a parent finds there. */
export const policyIcons = {
  leave: 'calendar', money: 'heart', affordable: 'users', materials: 'check', 'care-or-kindergarten': 'swap', filing: 'shield', 'running-care': 'house', plan: 'book',
} as const satisfies Record<PolicySlug, string>;

/** The index in three groups, in the order families ask. */
export const policyGroups: readonly { readonly title: string; readonly slugs: readonly PolicySlug[] }[] = [
  { title: policyText.families, slugs: ['leave', 'money', 'affordable', 'materials', 'care-or-kindergarten'] },
  { title: policyText.everyone, slugs: ['filing', 'running-care'] },
  { title: policyText.local, slugs: ['plan'] },
];

/** How far a source was checked, in a few words. */
export const confidenceText = {
  A: '读过全文', B: '读过公开摘录', C: '只读到公开抄录，待官方核对', G: '没有读到原文，待官方核对',
} as const satisfies Record<Confidence, string>;

export const leaveText = {
  floor: '全国都有的底线',
  local: '本省（市）规定的天数',
  columns: ['假期', '时间', '说明', '依据'],
  nobody: '本站还没有收录本省（市）的规定。国家底线照样适用，天数请问当地人社部门。',
  withheld: '待官方核对：本站没有读到本省（市）的条文，不写天数。请问当地人社部门；国家底线照样适用。',
  localNote: '这里的产假天数已经包含国家规定的 98 天，不是在 98 天之外再加。',
} as const;

export const leaveKindText = {
  maternity: '产假', maternityLater: '产假（二孩、三孩）', difficultBirth: '难产', multipleBirth: '多胞胎', lossEarly: '流产（未满 4 个月）', lossLater: '流产（满 4 个月）',
  partner: '陪产假（护理假）', parental: '育儿假', nursing: '哺乳时间',
} as const satisfies Record<LeaveKind, string>;

/** 158 天, 每人每年 10 天, 每天 1 小时; extra days of the national rule are 加 15 天. */
export const leaveAmountText = ({ kind, amount, unit }: Pick<LeaveRow, 'kind' | 'amount' | 'unit'>): string => {
  if (amount === null) return '由地方规定';
  if (unit === 'hourPerDay') return `每天 ${String(amount)} 小时`;
  if (unit === 'dayPerYear') return `每人每年 ${String(amount)} 天`;
  return kind === 'difficultBirth' || kind === 'multipleBirth' ? `加 ${String(amount)} 天` : `${String(amount)} 天`;
};

export const allowanceText = { title: '本地的补贴', columns: ['补贴', '对象', '金额', '怎么申领', '起止', '依据'], open: '未写截止日', note: '符合条件可申领，以受理部门的审核为准。' } as const;

export const materialsText = {
  required: '规定里要的', usual: '机构一般还会要', usualNote: '这几样没有全国统一的规定，以机构说明为准。',
  tick: '已备好', point: '去哪里办', items: '查什么', validity: '多久内有效', cost: '多少钱',
  unknown: '体检地点、检查项目、有效期和费用各地不同，本站还没有收到本地的说法。',
  write: '问到了，记在这里', blanks: ['机构电话', '体检地点和时间', '结果有效到', '费用', '机构还要'],
} as const;

export const kindergartenText = {
  cohorts: '按出生年月，九月能上哪个班', cohortColumns: ['孩子', '幼儿园托班（满两周岁）', '幼儿园小班（满三周岁）'],
  ages: '进班那天，孩子多大', ageColumns: ['出生月份', '进托班时', '进小班时'],
  agesNote: '按 9 月 1 日开学来算。1 日当天出生的孩子，要多算一个月。',
  note: '各地截止日和是否收托班不同，这张表按常见的做法算（待官方核对），以幼儿园招生通知为准。',
  toList: '看本地托育机构',
} as const;

/** 2023年9月到2024年8月出生. */
export const bornText = ({ bornFrom, bornTo }: Cohort): string => `${monthText(bornFrom)}到${monthText(bornTo)}出生`;

export const startText = (month: string, thisMonth: string): string => `${monthText(month)}${month <= thisMonth ? '（已开学）' : ''}`;

export const natureText = {
  institution: '事业单位', nonprofit: '社会服务机构（非营利）', profit: '营利性机构', employer: '用人单位给职工办',
} as const satisfies Record<Nature, string>;

export const runningText = {
  title: '在这里，找谁登记、找谁备案', columns: ['性质', '登记机关', '原文'], noBody: '文件没有写登记机关，请问当地政务服务部门',
  filing: (authority: string | null): string => (authority === null ? '备案：县级卫生健康部门。先问所在县区的卫生健康部门。' : `备案：${authority}。`),
  filingThen: (authority: string | null, now: string): string => `当时的备案机关：${authority ?? '县级卫生健康部门'}。现在请问${now}的卫生健康部门。`,
  homeSite: '家庭托育点的登记，本地文件没有单独写。请问当地市场监管或政务服务部门。',
  phone: (phone: string | null): string => `咨询电话：${phone ?? '待主办单位填写'}。`,
} as const;

export const dutyText = {
  title: '在这里，什么事归谁管',
  columns: ['事情', '主责', '一起负责', '原文'],
  line: (line: number): string => `第${String(line)}行`,
  from: (document: string | null): string => `按${document === null ? '当地的实施方案' : `《${document}》`}整理，“第几行”是本站所存文本的行号。`,
  noLead: '文件没有写谁牵头', notStated: '文件没有写', derived: (name: string): string => `${name}（从上下文推出，文件没有明写）`, nobody: '—',
  danger: '孩子正在受到伤害或有危险，先打 110；要急救，打 120。',
  toFiling: '查一查备案',
} as const;

export const subjectText = {
  abuse: '疑似虐待、体罚、侵害', unfiled: '登记和备案', safety: '安全、走失、意外', fire: '消防', food: '食品、用药、饮水', health: '卫生保健、传染病', staff: '人员资质和配备',
  fee: '收费、退费', kindergarten: '幼儿园托班', premises: '房屋、装修、规划', leave: '休假', facility: '母婴室', guidance: '育儿指导、健康管理', product: '婴幼儿用品质量', official: '部门没有尽责', other: '其他，说不清归谁',
} as const satisfies Record<Subject, string>;

/** What the lead cell of a duty says. */
export const leadText = (duty: Pick<Duty, 'basis'>, lead: string | undefined): string => {
  if (duty.basis === 'not-stated') return dutyText.notStated;
  if (lead === undefined) return dutyText.noLead;
  return duty.basis === 'derived' ? dutyText.derived(lead) : lead;
};

export const planText = {
  document: '这份文件', columns: ['目标', '数值', '期限', '状态', '原文'],
  goals: '文件里的目标', number: '文号', issuer: '发文机关', issued: '印发日期', standing: '现在的状态', missing: '所存文本没有写',
  noGoals: '文件里没有写有数值或日期的目标。', toPlanned: '看规划过的示范点（不是备案信息）',
} as const;

export const goalText = {
  ahead: '还没到期限', passed: '期限已过，是否完成没有资料', yearly: '每年要做的事', undated: '没有写期限', expired: '历史目标，方案已过期', abolished: '历史目标，行政区已撤销',
} as const satisfies Record<GoalStanding, string>;

export const planStatusText = {
  inForce: '在有效期内', validityNotStated: '没有写有效期', expired: '有效期已过', areaAbolished: '行政区已撤销，只是历史资料',
} as const satisfies Record<DocumentStatus, string>;
