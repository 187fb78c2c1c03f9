import type { OpeningKind } from '#domain/audit/model.ts';

export const openingText = {
  'contact-opened': '查看预约联系方式', 'bookings-searched': '按手机尾号找预约', 'call-opened': '查看电话通知的号码', 'correction-phone-opened': '查看报错人的电话', 'case-opened': '打开诉求内容', 'case-identity-opened': '查看投诉人身份', 'case-file-opened': '打开诉求附件',
} as const satisfies Record<OpeningKind, string>;

/** What an event is called; kinds are kept in the record by their code. */
const kindNames: Readonly<Record<string, string>> = {
  ...openingText,
  'signed-in': '登录', 'signed-out': '退出', 'sign-in-failed': '登录失败', 'session-ended': '结束登录', 'sessions-ended': '结束全部登录', 'sign-in-notice-answered': '回答登录提醒', 'session-replaced': '重新登录', 'identity-linked': '对应统一身份认证', 'identity-unlinked': '解除统一身份认证', 'identity-proved': '再次验证身份', 'access-refused': '没有权限，被拒绝',
  'account-created': '建立账号', 'account-invited': '发激活信', 'account-activated': '激活账号', 'account-disabled': '停用账号', 'account-handed-over': '负责人变更', 'password-changed': '改密码', 'totp-set': '设动态码', 'totp-reset': '重设动态码', 'recovery-codes-made': '生成恢复码', 'recovery-code-used': '使用恢复码',
  'booking-made': '预约', 'booking-requested': '申请预约', 'booking-cancelled': '取消预约', 'booking-rescheduled': '改期', 'booking-told': '通知家长', 'walk-in': '现场登记', 'waiting-joined': '候补', 'offer-made': '候补通知', 'offer-accepted': '接受候补', 'offer-expired': '候补过期', 'visit-answered': '参观后回答',
  'code-reissued': '补发查询码', 'code-not-reissued': '补发查询码没有通过', 'enrolment-code-issued': '发建档码', 'enrolment-code-revoked': '作废建档码', 'band-closed': '停班', 'booking-terms-saved': '改预约规则', 'slot-template-saved': '改排期', 'slot-template-ended': '结束排期', 'slot-exception-added': '加例外', 'slot-exception-removed': '撤例外', 'slots-planned': '生成时段', 'home-visit-team-saved': '改指导队信息',
  'master-key-changed': '更换主密钥', 'affected-listed': '列出受影响的人', 'call-marked': '登记电话结果', 'call-void': '电话作废', 'notice-revived': '重发通知', 'demand-registered': '登记入托需求', 'demand-renewed': '延长入托需求', 'demand-withdrawn': '撤回入托需求', 'demand-told': '通知有空位', 'demand-closure-told': '通知登记需求的家长机构停办',
  'directory-imported': '导入名录', 'import-prepared': '上传名录', 'import-discarded': '放弃名录', 'filing-begun': '新建备案', 'filing-changed': '改备案状态', 'filing-change-asked': '申请改备案状态', 'filing-change-confirmed': '复核同意', 'filing-change-refused': '复核退回', 'registration-pushed': '登记推送', 'registration-entered': '录入登记', 'registration-handled': '处理登记', 'institution-suspended': '暂停展示',
  'listing-published': '公布展示信息', 'correction-reported': '家长报错', 'banner-published': '发紧急公告', 'banner-ended': '结束紧急公告', 'read-only-begun': '停止受理', 'read-only-ended': '恢复受理', 'personal-data-purged': '清除到期个人信息', 'counts-exported': '导出在托人数', 'leads-exported': '导出线索', 'member-report-exported': '导出成员单位情况', 'export-asked': '申请批量导出', 'export-approved': '批准批量导出', 'export-refused': '退回批量导出', 'export-withdrawn': '撤回批量导出', 'export-downloaded': '下载批量导出', 'audit-pack-exported': '导出合规审计包', 'audit-exported': '导出操作记录', 'audit-checked': '校验操作记录',
  'assessment-entered': '录入评估', 'assessment-corrected': '更正评估', 'assessment-taken-out': '撤下误录的评估', 'decision-entered': '录入正式决定', 'decision-corrected': '更正正式决定', 'decision-taken-out': '撤下误录的决定', 'decision-withdrawn': '登记决定撤销或变更', 'decision-replied': '机构对决定作说明', 'decision-reply-taken-down': '撤下机构说明',
  'duty-entered': '登记年度义务', 'duty-corrected': '修改年度义务', 'duty-taken-out': '撤下误录的年度义务', 'staff-check-entered': '登记人员核查', 'staff-check-corrected': '更正人员核查', 'staff-check-taken-out': '撤下误录的人员核查', 'supervision-exported': '导出逾期清单',
  'inspection-recorded': '记巡查', 'rectification-reported': '报告已整改', 'rectification-passed': '复查通过', 'rectification-failed': '复查没有通过', 'lead-found': '记线索', 'lead-named-again': '投诉再次提到', 'case-received': '收到诉求', 'case-accept': '受理', 'case-notAccept': '不予受理', 'case-handOver': '转办', 'case-answer': '答复', 'case-close': '办结',
};
const families: readonly (readonly [prefix: string, name: string])[] = [['case-', '办理诉求'], ['lead-', '办理线索'], ['filing-', '办理备案'], ['listing-', '展示信息'], ['slot-', '排期'], ['booking-', '预约'], ['account-', '账号'], ['sample', '载入示例数据'], ['planned-', '载入规划数据']];

/** 操作记录 for an auditor. */
export const auditText = {
  title: '操作记录', intro: '谁、什么时候、对什么做了什么、为什么。每一条都和前一条连着算校验值，改动、删掉任何一条都能查出来。记录里没有家长的姓名、电话和诉求内容。',
  from: '从哪天', to: '到哪天', actor: '账号', everyone: '所有人', which: '哪些', all: '全部操作', openings: '只看“查看敏感信息”', show: '查看', none: '这几天没有记录', noneWhat: '换个日期，或把筛选放宽。', older: '更早的', rangeWrong: '日期没有看懂，已按最近 7 天显示。',
  columns: ['时间', '做了什么', '账号', '对象', '说明', '序号'], parent: '家长', system: '系统', operator: '运维人员', gone: '账号已不在',
  check: '校验这一地区的全部记录', whole: (events: number, head: string): string => `校验通过：${String(events)} 条，从第一条到最后一条都连得上。最后一条的校验值 ${head.slice(0, 16)}…`, broken: (seq: number): string => `校验不通过：第 ${String(seq)} 条被改动、缺失或接不上。请立即保存现场，联系系统管理员和上级主管部门。`,
  export: '下载表格', exportWhat: '下载本身也会记一条。表格最后一行是校验值，可以和以后的比对。', most: (count: number): string => `一次最多下载 ${String(count)} 条，请缩短日期。`,
  access: '敏感信息查看统计', pack: '合规审计包', accessIntro: '每个账号这个月查看了多少次联系方式、身份、诉求内容和附件，理由各几次。没有出现的账号，这个月没有看过。', month: '月份', accessColumns: ['账号', '查看了什么', '理由', '次数'], noReason: '按流程打开，不需要选理由', total: (count: number): string => `合计 ${String(count)} 次`, accessNone: '这个月没有人查看过敏感信息', showMonth: '看这个月', back: '回到操作记录',
  kind: (kind: string): string => kindNames[kind] ?? families.find(([prefix]) => kind.startsWith(prefix))?.[1] ?? '其他操作',
} as const;

/** Why something was opened, by the code kept in the record. */
export const openingReasonText = (reason: string, ...texts: readonly Readonly<Record<string, string>>[]): string => texts.map((one) => one[reason]).find((text) => text !== undefined) ?? reason;
