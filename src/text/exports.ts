import type { ExportKind } from '#domain/exports/model.ts';
import type { ExportStanding } from '#domain/exports/rules.ts';

/** 批量导出 by what is in it, and what is not. */
export const exportKindText = {
  bookings: { name: '预约明细', what: '每个预约的时间、机构、类型、结果和人数。没有家长称呼、电话、预约号和孩子信息。' },
  complaints: { name: '诉求办理明细', what: '每件诉求的编号、事项、承办部门、期限和结果。没有诉求内容，没有投诉人身份。' },
  leads: { name: '摸排线索', what: '每条线索的地点、来源和现在的情况。没有人的姓名。' },
  counts: { name: '每月在托人数', what: '每家机构每个月报的人数。没有孩子的姓名。' },
  filings: { name: '备案变动', what: '每次备案状态变动的日期、文号和理由。' },
  accounts: { name: '账号清单', what: '今天的全部账号、岗位和状态，不看时段。没有密码和动态码。' },
} as const satisfies Record<ExportKind, { readonly name: string; readonly what: string }>;

export const exportStandingText = {
  'asked': '等待审批', 'lapsed': '没有人审批，已过期', 'usable': '可以下载', 'used-up': '下载次数已用完', 'run-out': '已过下载期限', 'refused': '未批准', 'withdrawn': '已撤回',
} as const satisfies Record<ExportStanding, string>;

export const exportColumnText = {
  bookings: ['日期', '时间', '机构', '类型', '结果', '人数', '提交日期', '谁结束的'],
  complaints: ['编号', '收到日期', '类别', '事项', '来源', '机构', '街道（乡镇）', '承办部门', '状态', '到期日', '办结日期', '满意度（1–5）'],
  leads: ['发现日期', '街道（乡镇）', '名称或招牌', '地址', '来源', '提到次数', '孩子人数', '现在'],
  counts: ['月份', '机构', '街道（乡镇）', '在托合计', '乳儿班', '托小班', '托大班', '混合编班', '其中普惠', '其中随迁', '在岗保育人员', '填报', '报送日期'],
  filings: ['日期', '机构', '原来', '变为', '文号', '理由', '涉及预约', '复核期限', '复核'],
  accounts: ['登录名', '岗位名称', '岗位', '机构', '部门', '街道（乡镇）', '状态', '动态码', '建立日期'],
} as const satisfies Record<ExportKind, readonly string[]>;

const faults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { required: '请选要导出什么。' },
  from: { 'iso-date': '请填从哪天开始。', 'backwards': '开始日期不能在结束日期之后。', 'too-long': '一次最多一年，请缩短时段。' },
  until: { 'iso-date': '请填到哪天为止。', 'future': '结束日期不能在今天之后。' },
  reason: { 'too-short': '请写清用途，至少 4 个字。', 'too-long': '用途请不超过 200 个字。', 'format': '用途里不要写电话、证件号和特殊符号。' },
};

/** 批量导出: asked for by one, approved by another, fetched by who asked. */
export const exportsText = {
  title: '批量导出', intro: '成批的资料要两个人：一人写明用途申请，另一人批准。批准后 24 小时内由申请人下载，最多 3 次，每一步都记入操作记录。',
  waiting: '等您审批', waitingNone: '没有等您审批的申请', mine: '我的申请', mineNone: '您还没有申请过', others: '其他申请（九十天内）', ask: '申请导出',
  kind: '导出什么', from: '从哪天', until: '到哪天', reason: '用途', reasonHint: '给谁、做什么用。审批的人按这句话判断，会留在操作记录里；不要写人的姓名和电话。', send: '提交申请', saved: '申请已提交，请另一位有审批权限的同事办理。',
  approve: '批准', refuse: '不批准', answer: '不批准的理由', answerHint: '申请人看得到', answerNeeded: '不批准请写理由，至少 4 个字，不写电话和证件号。', approved: '已批准。申请人可以下载了。', refusedDone: '已退回，理由申请人看得到。', withdraw: '撤回', withdrawn: '已撤回。', download: '下载表格',
  period: (from: string, until: string): string => `${from}至${until}`, today: '下载当时的清单', rows: (count: number): string => `现在是 ${String(count)} 行`, tooManyRows: '超过两万行，批准了也下载不了，请退回让申请人缩短时段',
  askedBy: (who: string, when: string): string => `${who}，${when}申请`, approvedBy: (who: string, when: string): string => `${who}，${when}批准`, refusedBy: (who: string, when: string): string => `${who}，${when}退回`, left: (left: number, until: string): string => `还能下载 ${String(left)} 次，${until}前有效`, used: (times: number): string => `已下载 ${String(times)} 次`, why: (reason: string): string => `用途：${reason}`, answered: (reason: string): string => `理由：${reason}`,
  nobody: '现在没有第二个能审批的账号。请系统管理员给一位同事审核岗或安全管理员的岗位。',
  refusal: {
    'not-allowed': '您的岗位不能申请这一类。', 'known': '这份申请已经提交过。', 'own': '不能审批自己的申请，请另一位同事办理。', 'not-found': '没有找到这份申请。', 'over': '这份申请过期了，请申请人重新提交。', 'changed-meanwhile': '刚刚有人办理过，现在的情况如下。',
    'not-usable': '已过期限或次数已用完，请重新申请。', 'too-many': '超过两万行，请缩短时段重新申请。',
  },
  endedBy: (who: string | null): string => (who === 'parent' ? '家长' : who === 'institution' ? '机构' : who === 'office' ? '办公室' : who === 'system' ? '系统' : ''), byStreet: '街道代录', byOwn: '机构填报', yes: '有', no: '没有',
  settled: (settled: string | null): string => (settled === 'confirmed' ? '已复核' : settled === 'refused' ? '复核未同意' : settled === 'superseded' ? '已被后来的变动代替' : ''),
  mark: '导出编号', markBy: (asked: string, decided: string, at: string): string => `申请 ${asked}；批准 ${decided}；下载 ${at}；只限申请时写明的用途，用完删除`, gone: '账号已不在',
  fault: (field: string, code: string): string => faults[field]?.[code] ?? '这一项没有看懂，请检查。',
} as const;
