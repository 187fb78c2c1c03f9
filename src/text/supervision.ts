import type { SupervisionRefusal } from '#domain/supervision/commands.ts';
import type { Amendment, EntryKind, StaffCheck, SupervisionSide } from '#domain/supervision/model.ts';
import type { DueStanding } from '#domain/supervision/rules.ts';

/** Who looked at the staff. */
export const checkerText = { institution: '机构自己核对', authority: '主管部门检查', police: '公安或检察机关查询', clinic: '体检的医疗卫生机构' } as const satisfies Record<StaffCheck['checkedBy'], string>;
export const sideText = { institution: '机构填报', authority: '主管部门录入' } as const satisfies Record<SupervisionSide, string>;
export const standingText = { done: '已完成', overdue: '已逾期', soon: '快到期', open: '还没有登记' } as const satisfies Record<DueStanding, string>;
export const entryKindText = { assessment: '质量评估', decision: '正式决定', duty: '年度义务', staffCheck: '人员核查' } as const satisfies Record<EntryKind, string>;
export const amendmentText = { corrected: '更正', takenOut: '撤下误录', withdrawn: '登记撤销或变更', replied: '机构作了说明', replyTakenDown: '撤下机构说明' } as const satisfies Record<Amendment['act'], string>;

/** 评估等级 as it is called. */
export const assessmentGradeText = (grade: string): string => `${grade} 级`;

/** Words of 监督 in office and portal. */
export const supervisionText = {
  title: '评估与监督', intro: '质量评估、正式决定、年度义务和人员核查。评估和正式决定录入后马上显示在机构的公开页。', portalTitle: '监督记录', portalIntro: '主管部门对本机构的评估和正式决定，以及每年要做的事、工作人员核查。做完了在这里填报，不用再跑一趟。',
  overdue: '已逾期', overdueNone: '现在没有逾期的事项。', soon: (days: number): string => `${String(days)} 天内到期`, soonNone: '近期没有到期的事项。', soonTotal: (count: number): string => `${String(count)} 家机构`, byStreet: '按街道（乡镇）', street: '街道（乡镇）', allStreets: '全部', noStreet: '没有街道记录的', show: '查看',
  numbers: (institutions: number, overdue: number, soon: number): string => `${String(institutions)} 家在册机构，${String(overdue)} 项逾期，${String(soon)} 项快到期。`,
  columns: ['机构', '街道（乡镇）', '事项', '到期'] as const, streetColumns: ['街道（乡镇）', '在册机构', '逾期', '快到期', '今年已完成'] as const, of: (some: number, all: number): string => `${String(some)}／${String(all)}`,
  late: (day: string, days: number): string => `${day}（过了 ${String(days)} 天）`, left: (day: string, days: number): string => (days === 0 ? `${day}（今天）` : `${day}（还有 ${String(days)} 天）`), matters: (names: readonly string[]): string => names.join('、'),
  grades: (held: readonly { readonly grade: string; readonly count: number }[], none: number): string => `${held.map(({ grade, count }) => `${assessmentGradeText(grade)} ${String(count)} 家，`).join('')}没有评估结果 ${String(none)} 家。`, gradesEnding: '评估有效期已过或快到期', gradeColumns: ['机构', '街道（乡镇）', '等级', '有效期至'] as const,
  shown: '公示中的正式决定', shownNone: '现在没有公示中的决定。', shownColumns: ['机构', '街道（乡镇）', '决定', '公示到'] as const,
  found: '打开一家机构的记录', search: '机构名称', findButton: '查找', noneFound: '没有找到，请核对名称。', foundTotal: (count: number, most: number): string => (count > most ? `找到 ${String(count)} 家，只列出前 ${String(most)} 家` : `找到 ${String(count)} 家`), ended: '已不在册',
  export: '下载逾期清单（CSV）', csvColumns: ['机构', '街道（乡镇）', '事项', '年度', '到期日', '逾期天数', '情况'] as const, undone: '检查时没有完成', unsaid: '没有登记', peopleUndone: '有人还没有完成', moreRows: (most: number): string => `只列出最早的 ${String(most)} 家，全部的请下载清单。`,
  basis: '依据和说明', confidence: (grade: string): string => (grade === 'A' ? '' : '（待官方核对）'), source: (document: string, article: string): string => `${document}${article}`,
  assessments: '质量评估', assessmentsNone: '没有录入评估结果。', decisions: '正式决定', decisionsNone: '没有录入正式决定。', duties: '年度义务', staffChecks: '人员核查', checksNone: '还没有登记过。', olderChecks: (count: number): string => `以前的核查（${String(count)}）`, amendments: '更正和处理记录', amendmentsNone: '没有更正过。',
  year: (year: number): string => `${String(year)} 年`, dutyColumns: ['事项', '最后一天', '情况', ''] as const, noDuties: '这家机构现在没有要登记的年度义务。',
  dutyDone: (day: string, who: string): string => `${day}完成（${who}）`, dutyUndone: (who: string): string => `检查时没有完成（${who}）`, act: '登记', actAgain: '修改', actOf: (what: string, year: number): string => `${what}，${String(year)} 年`,
  checkColumns: ['核查', '日期', '已完成', '没有完成', '由谁核查', '下次最晚', ''] as const, people: (count: number): string => `${String(count)} 人`, nextOver: (day: string): string => `${day}（已过）`,
  shownUntil: '公示到', shownOver: '公示期满，公开页已不显示', shownNow: '公开页正在显示', ends: '文件未载明',
  correct: '更正', takeOut: '撤下误录', withdraw: '登记撤销或变更', takeDownReply: '撤下机构说明', reply: '写说明', replyAgain: '修改说明', addAssessment: '录入评估', addDecision: '录入正式决定', addCheck: '登记一次核查', publicPage: '看公开页',
  saved: '已保存。', savedPublic: '已保存，公开页现在就是这样。', keptNote: '录错的可以更正或撤下，原来写的和原因都会留下记录。', before: (words: string): string => `原来：${words}`,
  pick: '请选择', dayHint: '如 2026-11-23。', missing: '未载明', replyShown: '机构说明', versionLine: (who: string, day: string): string => `${who}，${day}`, back: '回到记录', institutionSide: '机构', authoritySide: '主管部门',
  forget: '原来的文字写了个人的姓名或号码，记录里不保留原来的文字', forgotten: '原来的文字写到个人，没有保留', names: '已核对：没有写任何自然人的姓名、证件号和电话', namesMissing: '请核对有没有写到自然人的姓名，核对后打勾。', warn: '公开页谁都看得到。只写机构和事情，不写任何人的姓名、证件号、电话，也不写孩子和家长。',
  portalReplyNote: '说明马上显示在公开页，放在决定旁边。主管部门发现写到个人的，会撤下并写明原因，撤下的文字不保留。',
  rulesNote: (standing: string): string => `日期怎么定：${standing}`, queueOverdue: '评估与监督', queueWhat: '年度义务、人员核查逾期的机构', portalQueueWhat: '本机构逾期或快到期的年度义务和人员核查', dueName: (what: string, year: number | null): string => (year === null ? what : `${what}（${String(year)} 年）`),
} as const;

/** Headings, lead and button of each form. */
export const supervisionForms = {
  'assessment': { title: '录入质量评估', correct: '更正质量评估', intro: '按评估文件录入，保存后马上显示在公开页。', send: '保存并公布' },
  'decision': { title: '录入正式决定', correct: '更正正式决定', intro: '只录入有文号的正式文件。到最后一天自动停止公示。', send: '保存并公布' },
  'withdrawal': { title: '登记撤销或变更', correct: '登记撤销或变更', intro: '决定被撤销、变更或确认违法的，公开页马上注明从哪一天起；决定仍显示到原来的最后一天。', send: '保存并公布' },
  'take-down-reply': { title: '撤下机构说明', correct: '撤下机构说明', intro: '说明里写到个人或与事情无关的，可以撤下；机构可以重新写。', send: '撤下说明' },
  'duty': { title: '登记年度义务', correct: '登记年度义务', intro: '写哪一天完成的，要有记录可查。', send: '保存' },
  'staff-check': { title: '登记人员核查', correct: '更正人员核查', intro: '只登记人数，不写任何人的姓名。', send: '保存' },
  'removal': { title: '撤下误录', correct: '撤下误录', intro: '只用于录错机构、重复录入。真实的决定被撤销的，用“登记撤销或变更”。', send: '撤下' },
  'reply': { title: '对正式决定作说明', correct: '对正式决定作说明', intro: '写清楚事情经过、已经怎么改正。', send: '保存并公布' },
} as const;
export type SupervisionForm = keyof typeof supervisionForms;

/** Labels and hints of the fields. */
export const supervisionFields = {
  grade: '评估等级', year: '评估年度', standard: '评估标准', body: '作出单位', assessedOn: '评估日期', validUntil: '有效期至', documentNumber: '文号', note: '说明', reason: '原因', kind: '决定类型', number: '文号', about: '事项', decidedOn: '作出日期', until: '公示到哪一天',
  withdrawnKind: '撤销还是变更', on: '从哪一天起', withdrawnNote: '依据', state: '情况', doneOn: '完成日期', check: '核查内容', done: '已完成的人数', notDone: '没有完成的人数', checkedBy: '由谁核查', checkedOn: '核查日期', nextDue: '下次最晚哪一天', text: '说明', noNames: '核对姓名', forget: '不保留原来的文字',
} as const;
export type SupervisionField = keyof typeof supervisionFields;
export const supervisionHints = {
  year: '四位数字，如 2026。', standard: '文件上的名称，如本省的托育机构质量评估标准。', body: '文件上的全称。', validUntil: '文件没有写有效期的空着。', documentNumber: '文件没有文号的空着。', note: '可以不写。', number: '照文件写全。', about: '什么事、怎么处理，用家长看得懂的话写。',
  until: '最后显示的一天，过了自动停止公示；文件没有写的空着。', withdrawnNote: '如“原机关复查后撤销”，写明文号。', doneOn: '没有完成的空着。', nextDue: '从这一天以后还没有新的核查，就算逾期。', reason: '为什么更正或撤下，会留下记录。', text: '2 到 1000 个字。', dutyNote: '如报告文号、演练内容，可以不写。',
} as const;
export const dutyStateText = { done: '已完成', notDone: '检查时没有完成' } as const;

/** What is wrong with a field, and how to put it right. */
export const supervisionFault = (field: SupervisionField, code: string, is: 'day' | 'number' | 'choice' | 'words'): string => {
  const name = supervisionFields[field];
  if (code === 'identity-number') return `${name}里有像身份证号那样长的数字，请去掉：不写任何人的证件号。`;
  if (code === 'phone-number') return `${name}里有手机号码，请去掉：不写任何人的电话。`;
  if (code === 'ends-before') return `${name}不能早于前面的日期。`;
  if (code === 'year-after') return '评估年度不能晚于评估日期的年份。';
  if (is === 'choice') return `请选择${name}。`;
  if (is === 'day') return code === 'required' ? `已完成的请写${name}，没有完成的空着。` : `${name}写成 2026-11-23 这样。`;
  if (is === 'number') return code === 'required' ? '两个人数不能都是 0。' : field === 'year' ? '评估年度写四位数字，如 2026。' : `${name}写 0 到 2000 的整数。`;
  if (code === 'too-long') return `${name}写得太长了，请缩短。`;
  return code === 'format' ? `${name}里有看不见的符号，请重新输入。` : `${name}至少写 2 个字。`;
};

/** Why something was not saved: by which field, in which words. */
export const supervisionRefusal = {
  'not-found': '没有找到。', 'not-yours': '这一项由对方登记，请联系主管部门。', 'future': '日期不能晚于今天。', 'known': '这一项已经登记过，请回到记录里更正，不要重复录入。', 'unknown-duty': '这家机构没有这一项。', 'other-year': '完成日期早于这个年度。',
  'ends-before': '日期不能早于决定作出的日期，也不能晚于今天。', 'reason': '请写明更正的原因。', 'withdrawn-before': '这项决定已经登记过撤销或变更。', 'no-reply': '现在没有机构说明。', 'over': '这项决定已过公示期，公开页不再显示，不用再写说明。', 'changed-meanwhile': '刚刚有人改过，下面已换成最新的，请再核对一次。',
} satisfies Record<SupervisionRefusal, string>;
