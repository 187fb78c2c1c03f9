import type { Credential, CredentialState } from '#domain/directory/model.ts';
import type { MoveRefusal, SettleRefusal } from '#domain/filing/commands.ts';
import type { BookingEffect, Handling, RegistrationState, SettledHow } from '#domain/filing/model.ts';
import type { RegistrationQueue } from '#domain/filing/rules.ts';

/** Answers to a registering body whose push was not taken. */
export const pushText = {
  off: '本站没有开通登记信息推送。', bad: '签名不对，没有收下。', old: '签名时间与现在相差超过 5 分钟，请按当前时间重新签名。',
  replayed: '这条推送已经收到过，同一个签名只收一次。', 'event-reused': '这个 eventId 已用于另一条内容。',
} as const;

/** 登记状态. */
export const registrationStateText = { registered: '已登记', changed: '已变更登记', cancelled: '已注销登记', none: '未登记' } satisfies Record<RegistrationState, string>;

/** 资质状态 as clerks choose it, with what it does to the public page. */
const moveText = {
  planned: { to: '规划', does: '' },
  submitted: { to: '材料齐全，开始计时', does: '公开页不显示，从这一天起计算备案时限。' },
  returned: { to: '退回补正', does: '公开页不显示，理由会通知机构并留痕。' },
  receipted: { to: '已备案', does: '要由另一个账号复核，复核后才对家长公开。' },
  changed: { to: '变更中', does: '机构继续显示，标“已备案（变更中）”。' },
  suspended: { to: '暂停展示', does: '立即从列表、搜索和预约里消失，机构页写明情况。' },
  withdrawn: { to: '注销备案，停止展示', does: '立即从列表、搜索和预约里消失，已有的预约全部取消并通知家长。' },
} as const satisfies Record<CredentialState, { readonly to: string; readonly does: string }>;

/** What is kept by the education authority is never called filed: the same states in its own words. */
const otherThanFiling: Partial<Readonly<Record<CredentialState, { readonly to: string; readonly does: string }>>> = {
  receipted: { to: '资质有效', does: moveText.receipted.does }, changed: { to: '变更中', does: '机构继续显示。' }, withdrawn: { to: '资质失效，停止展示', does: moveText.withdrawn.does },
};

/** Back in force from a suspension is said in its own words. */
const resumeText = { to: '恢复展示', does: '要由另一个账号复核，复核后才重新对家长公开。' } as const;

/** A filing begun anew and given up: back to how it had ended. */
const giveUpText = { to: '不再办理，回到已注销', does: '公开页恢复显示“已注销备案”。' } as const;

/** How a change is called, and what it does, for a credential of a kind. */
export const moveWords = (kind: Credential['kind'], from: CredentialState, to: CredentialState): { readonly to: string; readonly does: string } => {
  if (from === 'suspended' && to === 'receipted') return resumeText;
  if (to === 'withdrawn' && (from === 'submitted' || from === 'returned')) return giveUpText;
  return (kind === 'filing' ? undefined : otherThanFiling[to]) ?? moveText[to];
};

export const queueText = {
  registeredNotFiled: { title: '已登记、未备案', what: '登记机关已登记，还没有备案。告知机构及时备案，材料齐全后开始计时。' },
  neither: { title: '未登记、未备案', what: '发现在收托，但没有登记也没有备案。' },
  cancelledButListed: { title: '登记已注销、仍在名录', what: '登记机关推送了注销，机构还在对家长公开，请尽快核实。' },
  registrationChanged: { title: '登记有变更', what: '登记信息变了，核对备案信息要不要跟着变更。' },
} as const satisfies Record<RegistrationQueue, { readonly title: string; readonly what: string }>;

export const handlingText = {
  filing: '已开始备案', noted: '已核对，备案信息不用改', rectified: '已规范', closedDown: '已依法取缔', notCare: '经核实，不从事托育',
} satisfies Record<Handling, string>;

export const settledText = { confirmed: '已复核', refused: '复核未同意，已退回', superseded: '已被后来的变动代替' } satisfies Record<SettledHow, string>;
export const effectText = {
  cancelled: (count: number): string => (count === 0 ? '没有需要取消的预约' : `取消预约 ${String(count)} 个，正在逐一通知家长`), told: (count: number): string => (count === 0 ? '没有需要通知的预约' : `预约保留 ${String(count)} 个，正在逐一通知家长`), none: (): string => '没有动预约',
} satisfies Record<BookingEffect, (count: number) => string>;

export const moveRefusalText = {
  'not-found': '没有找到这家机构。', 'wrong-state': '现在的状态不能这样改，请看最新状态。', 'changed-meanwhile': '这家机构的状态刚刚被别人改过，已为您换成最新内容，请重新核对。',
  future: '日期不能晚于今天。', 'too-early': '日期早于备案通过的日期，请核对。',
} satisfies Record<MoveRefusal, string>;

export const settleRefusalText = {
  'not-found': '没有找到这家机构。', 'changed-meanwhile': '这条变动已经处理过，或有了新的变动，请看最新状态。', 'needs-another': '自己录入的变动要由另一个账号复核。',
} satisfies Record<SettleRefusal, string>;

/** Words of 备案情况. */
export const filingsText = {
  title: '备案情况',
  intro: '备案在国家的系统里办，这里只记录状态、时限和要做的事。本站不收备案材料，也不出具备案回执。',
  pending: '等第二个人复核', pendingNone: '没有等复核的变动。',
  clocks: '备案时限', clocksNone: '没有正在计时的备案。', clocksRule: (title: string, article: string, standing: string): string => `依据《${title}》${article}。${standing}`,
  receiptBy: '回执', refusalBy: '不符合的，说明理由', notYet: '暂不可计算', notYetWhy: '跨年的工作日安排还没有公布，公布后自动算出。', over: '已超期', dueToday: '今天到期',
  queues: '登记机关推送和发现的情况', disposal: (quote: string, line: number): string => `本地文件第 ${String(line)} 行：“${quote}”。`,
  all: '全部机构', search: '机构名称', anyState: '全部状态', state: '状态', find: '查找', found: (count: number): string => `共 ${String(count)} 家`, more: (count: number): string => `先列出 ${String(count)} 家，写上名称或选状态会更准。`, none: '没有符合的机构。',
  columns: ['机构', '状态', '自何时'], unnamed: '没有写', sample: '示例',
  enter: '手工登记一条', enterWhat: '登记机关没有推送、或发现没有登记就在收托的，记在这里。只在办公室内部可见。',
  by: (who: string): string => `录入：${who}`, somebody: '已停用的账号', dueBy: (day: string): string => `请在 ${day} 前复核`, dueUnknown: '请尽快复核', overdue: '复核已超期',
  publicPage: '看公开页', sheet: '打印登记情况核对单',
} as const;

/** Words of one filing. */
export const oneFilingText = {
  now: '现在的状态', authority: '备案机关', number: '备案编号', receiptedOn: '备案通过时间', since: '这个状态自', decision: '决定文号', nature: '机构性质', code: '统一社会信用代码', address: '地址', source: '依据', missing: '没有记载', kindergarten: '幼儿园托班，由教育部门管理',
  change: '变更状态', to: '改成', on: '自哪天起', onHint: '写文件或决定上的日期。', decisionLabel: '决定文号', decisionHint: '没有文书的不填。', numberLabel: '备案编号', numberHint: '国家名录没有编号，可以不填。',
  reason: '原因', reasonHint: '会显示在机构的公开页上。不要写任何人的姓名、电话和证件号。', bookings: '已有的预约怎么办', bookingsHint: '只对“暂停展示”有用；注销备案的一律取消。',
  told: '先保留，通知家长去之前问清楚', cancelled: '全部取消，通知家长不要前往', save: '确认变更', none: '现在的状态没有可以改的，等复核或等新的情况。', onlyRead: '您的账号只能查看，不能改状态。',
  saved: (to: string): string => `已改为“${to}”。`, waits: (to: string): string => `“${to}”已录入，等另一个账号复核后生效。`, reached: (words: string): string => `${words}。`,
  second: '这次变动等第二个人复核', enteredBy: '录入', secondBefore: '复核同意后才生效；没有同意，就不公开。', secondAfter: '现在已经生效。同意就保持；不同意就恢复原来的状态，已取消的预约不会恢复。',
  mine: '这是您自己录入的，要由另一个账号复核。', nobody: '本单位现在没有第二个能复核的账号。请系统管理员建立或启用一个审核岗账号；在那以前，这一项一直列为待办。', notMay: '您的账号没有复核的权限，请审核岗处理。',
  confirm: '复核同意', refuse: '不同意，退回', confirmed: '已复核同意。', refused: '已退回。', history: '变动记录', historyNone: '还没有在这里变更过状态。',
  warnings: '班额和人员提醒', warningsNone: '按现在填报的托位、班数和人数，没有超过规定的。', warningsNote: '只是提醒，不影响展示；由工作人员核实。', clock: '备案时限',
} as const;

/** Words of one registration and of the form for a new one. */
export const registrationText = {
  title: '登记情况', state: '登记状态', on: '登记（变动）日期', authority: '登记机关', authorityHere: '这里应由谁登记', scope: '业务（经营）范围', origin: '来自', push: '登记机关推送', clerk: '工作人员录入', nature: '机构性质', institution: '名录里的机构', noInstitution: '名录里还没有',
  checks: '登记核对', checkText: { name: { yes: '名称写有“托育”', no: '名称没有“托育”字样', unknown: '' }, scope: { yes: '范围写明了托育服务', no: '范围没有写明托育服务', unknown: '没有收到范围，请核对营业执照或登记证书' } }, checkBy: (line: number, quote: string): string => `本地文件第 ${String(line)} 行：“${quote}”`, noChecks: '本地文件没有写名称和范围的要求。',
  doubt: '注意', acts: '怎么处理', begin: '材料齐全，开始备案计时', beginOn: '材料齐全的日期', beginWhat: '机构会进入“备案时限”，公开页要等备案通过并复核后才有。', beginButton: '开始计时',
  handle: '记下处理结果', how: '结果', note: '说明', noteHint: '内部记录，不公开。不写姓名、电话和证件号。', handleButton: '记下', handled: (what: string, day: string): string => `${what}（${day}）`, done: '已记下。', toInstitution: '去看这家机构的备案',
  changedMeanwhile: '这条刚刚被别人处理过，已为您换成最新内容。', known: '名录里已经有这个信用代码的机构，请到那一家处理。', noteBad: '说明写 2 到 300 个字，不要有 11 到 18 位的号码。', howNeeded: '请选一个结果。', onNeeded: '请写日期，格式如 2026-11-23，不能晚于今天。',
  newTitle: '手工登记一条', newWhat: '只在办公室内部可见，不会出现在公开页上。', kind: '属于哪种情况', registered: '已登记，登记机关没有推送', none: '没有登记，也没有备案，正在收托', name: '名称', nameHint: '没有正式名称的，写招牌上的字。', code: '统一社会信用代码', codeHint: '已登记的必填，18 位。', scopeHint: '照登记证书抄写。', address: '地址', onLabel: '登记日期，或发现的日期', save: '登记', knownCode: '这个信用代码已经登记过，不用再记一次。', future: '日期不能晚于今天。',
  fields: { name: '名称写 2 到 100 个字。', creditCode: '信用代码是 18 位，请照证书核对；没有登记的选“没有登记”。', on: '请写日期，格式如 2026-11-23。', state: '请选一种情况。', nature: '请选机构性质。', scope: '范围太长。', address: '地址最多 200 字。' } satisfies Record<string, string>,
} as const;

/** 登记情况核对单: a sheet for talking with an institution, never a proof of filing. */
export const sheetText = {
  title: '登记情况核对单', notProof: '本单只供核对，不是备案凭证', fields: ['核对项', '本站记录', '现场核对'], made: (day: string): string => `${day}打印`, sign: ['核对人（签字）', '机构（签字）', '日期'], tick: '□ 一致　□ 不一致', print: '用浏览器的打印功能打印这一页。', back: '回到备案情况',
} as const;

/** What is wrong with a field of a change of state. */
export const filingFieldText = {
  to: '请选改成什么状态。', on: '请写日期，格式如 2026-11-23。', decisionNumber: '决定文号最多 60 字。', number: '备案编号最多 60 字。', reason: '原因写 2 到 300 个字，不要有 11 到 18 位的号码。', bookings: '请选已有的预约怎么办。',
} satisfies Record<string, string>;
