import type { Assessment, Decision, DecisionKind, WithdrawalKind, DisclosureSubject, ExtensionStep, MealName, Sayer, Change, WordGroup } from '#domain/listing/model.ts';
import type { Freshness } from '#domain/listing/rules.ts';
import { dayText, fullDayText } from '#text/dates.ts';
import { feePeriodText } from '#text/directory.ts';

/** Who said it. */
export const sayerText = { institution: '机构填报', street: '街道代录', authority: '主管部门登记' } as const satisfies Record<Sayer, string>;

/** By whom and as of when: 机构填报 · 11月3日. */
export const saidText = (by: Sayer, asOf: string, today: string): string => `${sayerText[by]} · ${dayText(asOf, today)}`;

/** What is said of a fact that has not been confirmed for long; null while it is fresh. */
export const freshnessText = ({ level, days }: Freshness): { readonly badge: string; readonly sentence: string } | null =>
  (level === 'fresh' ? null : level === 'old' ? { badge: '待更新', sentence: `已 ${String(days)} 天没有核对` } : { badge: '可能已经变了', sentence: `已 ${String(days)} 天没有核对，请先打电话问清楚` });

/** 公示事项, in the words of the standard. */
export const disclosureText = { fees: '收费', care: '保育照护', meals: '膳食营养', health: '卫生保健', security: '安全保卫' } as const satisfies Record<DisclosureSubject, string>;

export const mealText = { breakfast: '早餐', morningSnack: '早点', lunch: '午餐', afternoonSnack: '午点', dinner: '晚餐' } as const satisfies Record<MealName, string>;

export const holidayText = { open: '照常开放', closed: '不开放', byArrangement: '提前约定' } as const;

export const healthWorkerText = { fullTime: '有专职保健人员', partTime: '有兼职保健人员', none: '没有保健人员' } as const;

export const decisionKindText = {
  rectification: '责令改正', warning: '警告', fine: '罚款', serviceStopped: '责令停止托育服务', criticism: '通报批评',
} as const satisfies Record<DecisionKind, string>;

/** What became of a decision. */
export const withdrawalText = { revoked: '已撤销', changed: '已变更', unlawful: '已确认违法' } as const satisfies Record<WithdrawalKind, string>;

/** 小时 of minutes where they come out even: 2 小时, 90 分钟. */
export const minutesText = (minutes: number): string => (minutes % 60 === 0 && minutes > 0 ? `${String(minutes / 60)} 小时` : `${String(minutes)} 分钟`);

/** 预收周期. */
export const prepaidText = (months: number): string => (months === 0 ? '不预收' : months === 1 ? '按月收' : `一次预收 ${String(months)} 个月`);

/** One step of the late fee: 17:30–18:00：¥10／次. */
export const stepText = ({ from, until, amount, per }: ExtensionStep): string => `${from}–${until}：¥${String(amount / 100)}／${feePeriodText[per]}`;

/** 评估结果: a grade with body and day; one that has run out says so. */
export const assessmentText = (of: Assessment, inForce: boolean): string =>
  `${of.grade} 级${of.validUntil === null ? '' : inForce ? `（有效至 ${fullDayText(of.validUntil)}）` : `（已于 ${fullDayText(of.validUntil)}到期）`}`;

/** How a decision stands: until when it is shown, or since when it is withdrawn. */
export const decisionStandsText = ({ until, withdrawn }: Decision): string =>
  (withdrawn ? `${fullDayText(withdrawn.on)}起${withdrawalText[withdrawn.kind]}：${withdrawn.note}` : until === null ? '决定没有写明公示到哪一天' : `公示到 ${fullDayText(until)}`);

const groupText = {
  classes: '编班与人员', money: '收费约定', hours: '节假日安排', day: '一日作息', menu: '本周食谱', staff: '保育人员', health: '卫生保健', safety: '安全保卫', committee: '家长委员会',
  adaptation: '适应期', materials: '入托材料', disclosures: '公示内容',
} as const satisfies Record<WordGroup, string>;

const recordText: Readonly<Record<string, string>> = {
  assessments: '质量评估', name: '名称', aliases: '别名', kind: '机构类型', ownership: '办托主体', nature: '机构性质', creditCode: '信用代码', address: '地址', phone: '电话', point: '位置', credential: '备案或资质',
  contact: '联系方式', opening: '开放时间', services: '供餐与可接收', photos: '照片', pauses: '停班安排',
  modes: '服务方式', bands: '班型与托位', admission: '收托规则', recognitions: '普惠认定', fees: '收费', feesFrom: '收费起始日', hours: '开放时间', opensInSchoolHolidays: '寒暑假开放',
  extendedUntil: '延时服务', mealsProvided: '供餐', openToNeighbours: '面向附近居民', accepts: '可接收', confirmedOn: '核对日期', county: '所在区县', subdistrict: '所在街道（乡镇）',
};

/** A part of a record or of a listing as the history names it. */
export const partText = (part: string): string => (part in groupText ? Object.entries(groupText).find(([group]) => group === part)?.[1] ?? '' : recordText[part] ?? '其他内容');

/** One line of the history. */
export const changeText = ({ kind, parts, by }: Change): string => {
  const named = [...new Set(parts.map(partText))].join('、');
  if (kind === 'missing') return '不在最近一次导入的名录中';
  if (kind === 'returned') return `重新出现在名录中${named === '' ? '' : `，更新：${named}`}`;
  if (kind === 'record') return `名录更新：${named === '' ? '重新核对' : named}`;
  return named === '' ? `${sayerText[by]}核对，内容没有变` : `${sayerText[by]}更新：${named}`;
};

/** Words of the listing's sections. */
export const listingText = {
  jump: '本页内容', notConfirmed: '机构还没有确认', feesNext: (day: string): string => `拟调整：${day}起执行`, feesNextNote: '在那以前按现在的收费；已经签约的家庭以合同为准，请向机构问清楚。',
  notDisclosed: '未公示',
  notHere: '机构没有填报这一项，可以打电话问。',
  fiveSubjects: '收费、保育照护、膳食营养、卫生保健、安全保卫，是《托育机构管理规范（试行）》第十五条要求机构公示的五项（待官方核对）。没有公示的写“未公示”。',
  menuExpired: (weekOf: string): string => `最近一份食谱是 ${weekOf}那一周的，已经过期，不再显示。`,
  menuNone: '没有本周食谱。',
  outdoorRule: '国家规范：每天户外活动不少于 2 小时（第十八条，待官方核对）',
  recordingRule: '国家规范：录像保存不少于 90 天（第三十二条，待官方核对）',
  insuranceOver: (day: string): string => `已于 ${day}到期，机构还没有更新`,
  overSize: (perClass: number, limit: number): string => `每班约 ${String(perClass)} 人，多于国家标准的 ${String(limit)} 人，请向机构问清楚`,
  overRatio: (perCarer: number, limit: number): string => `满员时一名保育人员照看约 ${String(perCarer)} 人，多于标准的 ${String(limit)} 人，请向机构问清楚`,
  prepaidCare: '请谨慎一次性预付多个月费用；先看清退费约定。',
  latest: (day: string): string => `最近一次：${day}`,
  menuGist: '有本周食谱', menuOver: '食谱已过期',
  historyNone: '本站还没有记到变更。',
  noDecision: '本站没有收到在公示期内的决定。',
  noAssessment: '本站没有收到评估结果。',
  decisionNote: '只公布有文号的正式文件，公示期满或被撤销后会说明或撤下。',
  reply: '机构说明',
  illustration: '示意图',
  nearbyNone: '5 公里以内和同一街道没有找到其他在册机构。',
  nearbyStreet: '同一街道',
} as const;
