import type { FitReason } from '#domain/directory/admissionFit.ts';
import type { MatchedBy } from '#domain/directory/checkFiling.ts';
import type {
  Acceptance, ClassBand, Credential, CredentialState, Fee, InstitutionKind, Ownership, RegistrationNature, ServiceMode,
} from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { ParameterFault } from '#domain/directory/readQuery.ts';
import type { RelaxationKind } from '#domain/directory/relax.ts';
import type { SearchNote } from '#domain/directory/searchDirectory.ts';
import type { DirectoryGroup } from '#domain/directory/snapshot.ts';
import type { Meaning } from '#domain/shared/vocabulary.ts';

/** 服务方式. */
export const modeText = { fullDay: '全日托', halfDay: '半日托', hourly: '计时托', temporary: '临时托' } as const satisfies Record<ServiceMode, string>;

/** What a mode means here; no national text defines the last two. */
export const modeGloss = {
  fullDay: '工作日全天', halfDay: '工作日半天', hourly: '固定时段按小时（本站口径）', temporary: '偶尔用一次（本站口径）',
} as const satisfies Record<ServiceMode, string>;

/** 机构类型. */
export const kindText = {
  independent: '托育机构（独立）', kindergartenClass: '幼儿园托班', homeSite: '家庭托育点', employer: '用人单位办托', community: '社区托育',
} as const satisfies Record<InstitutionKind, string>;

/** 办托主体. */
export const ownershipText = {
  public: '公办', publicPrivatelyRun: '公建民营', privateNonProfit: '民办非营利', privateForProfit: '民办营利', employer: '用人单位',
} as const satisfies Record<Ownership, string>;

/** 机构性质. */
export const natureText = {
  publicInstitution: '事业单位', socialService: '社会服务机构', forProfit: '营利性机构',
} as const satisfies Record<RegistrationNature, string>;

/** 班型, always with its months. */
export const bandText = {
  infant: '乳儿班（6–12 个月）', toddler: '托小班（12–24 个月）', older: '托大班（24–36 个月）', mixed: '混合编班（18 个月以上）',
} as const satisfies Record<ClassBand, string>;

/** 可接收: what a child may need. */
export const acceptanceText = { allergy: '食物过敏', medicine: '慢病用药', specialNeeds: '发育迟缓或残疾' } as const satisfies Record<Acceptance, string>;

/** 可接收 of one institution: yes, no, or not stated, which is never no. */
export const acceptsText = (one: Acceptance, says: boolean | null): string => {
  if (says === null) return `${acceptanceText[one]}：${notStated}`;
  return says ? `可接收${acceptanceText[one]}` : `不接收${acceptanceText[one]}`;
};

/** 延时服务至 of one institution. */
export const extendedText = (until: string): string => `延时至 ${until}`;

/** 资质 badge: which body keeps it. 备案 and 办园资质 are never merged. */
export const credentialText = {
  filing: '卫健备案', kindergarten: '教育部门管理', licence: '托育服务准入',
} as const satisfies Record<Credential['kind'], string>;

/** 资质状态 of a filing. */
export const credentialStateText = {
  planned: '规划中', submitted: '已提交备案材料', returned: '退回补正', receipted: '已备案', changed: '已备案（变更中）', suspended: '暂停', withdrawn: '已注销',
} as const satisfies Record<CredentialState, string>;

/** 目录分组. */
export const groupText = {
  listed: '在册机构', planned: '规划点位（来自公开方案，不代表已经开办或备案）', ended: '已停止或不在最近一次名录中',
} as const satisfies Record<DirectoryGroup, string>;

/** Where the credential names no number or no day. */
export const credentialUnknown = { number: '编号：公示信息未载明', receiptedOn: '备案通过时间：公示信息未载明', authority: '备案机关：公示信息未载明' } as const;

/** 收费项目. */
export const feeItemText = {
  care: '保育费', meals: '伙食费', extension: '延时费', materials: '材料及其他代收', deposit: '押金', oneOff: '一次性费用',
} as const satisfies Record<Fee['item'], string>;

/** 计费周期, after the amount: ¥1,800/月. */
export const feePeriodText = { month: '月', day: '天', hour: '小时', time: '次' } as const satisfies Record<Fee['per'], string>;

/** Where an institution states nothing. */
export const notStated = '机构未填报';

/** 能不能上: the sentence for each reason. */
export const fitText = {
  fits: '月龄符合',
  'check-birth-month': '可能符合，以机构现场核对出生日期为准',
  'too-young': '还没到收托月龄',
  'too-old': '已超过收托月龄',
  'no-class-for-age': '目前没有这个月龄的班',
  'cohort-not-yours': '按学年招生，出生月份不在本批范围',
  'cohort-over': '本批招生学年已结束，新一批请咨询机构',
  'not-stated': '机构未填报收托月龄，请先电话询问',
  expected: '孩子出生前可以先预约参观',
} as const satisfies Record<FitReason, string>;

/** What the list also tells a family of this age: a heading and a sentence. */
export const searchNoteText = {
  'expected-visit-only': { title: '孩子还没出生', text: '可以先预约参观。选上计划入托时间，就能看到届时适合的机构。' },
  'under-six-months': { title: '6 个月以下', text: '国家标准的班型从 6 个月起，以下只列出说明收这个月龄的机构。在家照护可以找这些帮助：' },
  'kindergarten-age': { title: '满 3 周岁前后', text: '满 3 周岁一般在 9 月入读幼儿园小班，以下只列出明确收这个月龄的班。小班招生请向幼儿园或教育部门了解。' },
} as const satisfies Record<SearchNote, { readonly title: string; readonly text: string }>;

/** Why part of an address-bar query was passed over or refused. */
export const parameterFaultText = {
  'unknown-field': '没有这个查询条件。', required: '按距离查询需要先提供位置。', format: '格式不正确。',
  range: '超出可查询的范围。', 'unknown-value': '没有这个选项。', 'too-long': '内容太长，请缩短后再试。',
} as const satisfies Record<ParameterFault, string>;

/** 排序. */
export const sortText = { relevance: '综合', distance: '直线距离', fee: '费用从低到高', free: '空余托位' } as const satisfies Record<DirectoryQuery['sort'], string>;

/** 放宽条件: what a family may try instead. */
export const relaxationText = {
  'radius-doubled': '把距离放宽一倍', 'radius-dropped': '不限距离', 'fee-raised': '费用上限每月提高 500 元', 'fee-dropped': '不限费用',
  'free-dropped': '包括暂无空余托位的机构', 'affordable-dropped': '不限普惠托位', 'meals-dropped': '不限供餐', 'weekend-dropped': '不限周末开放', 'extended-dropped': '不限延时服务', 'holidays-dropped': '不限寒暑假开放', 'hours-dropped': '不限开放时间',
  'subdistrict-dropped': '不限街道（乡镇）', 'county-dropped': '不限县区', 'ownership-dropped': '不限办托主体', 'kind-dropped': '不限机构类型',
  'mode-dropped': '不限服务方式', 'band-dropped': '不限班型', 'text-dropped': '去掉搜索文字', 'accepts-dropped': '不限可接收的情形（先电话问清楚）', 'start-dropped': '改为现在入托', 'months-dropped': '不限月龄',
  'all-but-months-dropped': '只按月龄查看', 'all-dropped': '查看全部机构',
} as const satisfies Record<RelaxationKind, string>;

/** 查一查备案: by what a record was found. */
export const matchedByText = {
  creditCode: '统一社会信用代码', name: '名称', alias: '曾用名或别名', address: '地址',
} as const satisfies Record<MatchedBy, string>;

/** 查一查备案 without a hit: what the directory says, never what the institution is. */
export const filingMissText = (updatedOn: string): string =>
  `本目录（${updatedOn} 更新）未查到该名称的备案信息；可能是名称不同或尚未导入。`;

/** 查一查备案: too little was typed. */
export const filingTooShort = '请至少输入两个字。';

/** Pages a typed word also points to. */
export const topicText = {
  earlyEducation: '早教不等于托育：本目录只列出提供托育服务的机构。', fees: '各机构收费见机构页面，可按月费用排序。', filing: '可用“查一查备案”按名称、地址或信用代码核对。',
} as const satisfies Record<NonNullable<Extract<Meaning, { kind: 'generic' }>['topic']>, string>;

const yuanFormat = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 0, maximumFractionDigits: 2 });

/** An amount in fen as a family reads it, with its period: ¥1,800/月. */
export const feeText = (fen: number, per: Fee['per']): string => `¥${yuanFormat.format(fen / 100)}/${feePeriodText[per]}`;

/** A distance in metres, said to be as the crow flies. */
export const distanceText = (metres: number): string =>
  metres < 1000 ? `直线距离约 ${String(Math.max(10, Math.round(metres / 10) * 10))} 米` : `直线距离约 ${(metres / 1000).toFixed(1)} 公里`;
