/** The papers a case can be printed as; all of them come from one template. */
export const caseNotices = ['accepted', 'notAccepted', 'extended', 'answer', 'secureEvidence', 'handover'] as const;
export type CaseNoticeKind = (typeof caseNotices)[number];

/** 文书 headings. */
export const noticeTitleText = {
  accepted: '受理告知书', notAccepted: '不予受理告知书', extended: '延期告知书', answer: '答复书', secureEvidence: '证据保全通知', handover: '诉求转办单',
} as const satisfies Record<CaseNoticeKind, string>;

/** Sentences of the papers. */
export const noticeText = {
  complainant: '来件人：', number: '文号', reference: '受理编号', subject: '事项', received: '收到日期', dueBy: '办理期限', basis: '期限依据', fromChannel: '来件渠道', external: '外来工单号', sign: '（盖章）', day: '日期', blank: '　　　　年　　月　　日',
  accepted: (received: string, subject: string): string => `您于${received}反映的“${subject}”事项，我们已经受理。`, acceptedBy: (day: string): string => `我们将在${day}前答复您。`, acceptedUnknown: '答复期限暂不可计算，确定后告诉您。', query: '您可以凭受理编号和查询码在本站查看进度。查询码只有您自己知道，我们不会向您索取。',
  notAccepted: (received: string, subject: string): string => `您于${received}反映的“${subject}”事项，经审查不予受理。`, because: (reason: string): string => `理由：${reason}。`, whereTo: (words: string): string => `您可以这样办：${words}`,
  extended: (subject: string, reason: string): string => `您反映的“${subject}”事项，因${reason}，需要延长办理时间。`, extendedTo: (from: string, to: string): string => `原定${from}前答复，延长至${to}。只延长这一次。`,
  answer: (received: string, subject: string): string => `您于${received}反映的“${subject}”事项，现答复如下：`, rate: '对答复不满意的，可以在办结后 14 日内凭受理编号和查询码要求继续办理一次。',
  evidenceTo: (institution: string): string => `${institution}：`, evidenceUnknown: '（机构名称）', evidenceWhat: '因工作需要，请立即停止覆盖、删除，并妥善保存下列监控录像和有关记录：', evidencePlace: '区域', evidencePlaceBlank: '（班级、活动室、走廊，由经办人填写）', evidenceTime: '时间', evidenceUntil: (day: string): string => `录像可能只保存到${day}，请在收到本通知当日办理，并书面告知保全结果。`, evidenceBlankTime: '　　　月　　日　　时至　　　月　　日　　时', evidenceNot: '不得删改、遮挡或者以设备故障为由拒绝提供。', evidenceSlip: '回执', evidenceSlipWhat: '已收到本通知，上述录像和记录已于　　　月　　日　　时保全。', signedBy: '签收人', institutionSeal: '机构（盖章）',
  handoverTo: (department: string): string => `${department}：`, handoverWhat: '下列事项按职责分工转请贵单位办理，办理结果请书面回复本单位。', reason: '事由', handoverDue: (day: string): string => `请在${day}前回复。`, handoverUnknown: '请按贵单位的法定期限办理并回复。', handoverReason: '转办依据', joint: '同时转', secret: '来件人身份不随单转出。确需联系的，由本单位代为转达。不得将来件内容透露给被反映的机构。', slip: '回执（请签收后退回）', slipWhat: '上述转办件已收到。', slipReturn: '不属于本单位职责的，请写明理由，在收到之日起退回：', receivedOn: '签收日期', signed: '签收人（盖章）',
} as const;

/** Why a paper cannot be printed yet, and what comes first. */
export const notReadyText = {
  accepted: '还没有受理。先在办件页“受理”，再打印受理告知书。', notAccepted: '这件没有不予受理，不用这份告知书。', extended: '没有批准过延期，不用这份告知书。', answer: '还没有答复。先在办件页“答复”，再打印答复书。',
  secureEvidence: '现在还不能出这份通知。', handover: '还没有转办。先在办件页“转办”，再打印转办单。',
} as const satisfies Record<CaseNoticeKind, string>;

/** Words around the papers on the screen. */
export const paperPageText = {
  what: '请用浏览器的“打印”，A4 纸，黑白即可。', print: '打印', back: '回到这件诉求', redact: '先核对要写进去的内容', redactHint: '下面是去掉了电话、证件号等内容的草稿。请逐句看过，去掉能猜到是谁的细节，再生成。', words: '写进文书的内容', place: '要保全的区域', placeHint: '只写班级、房间和时间，不写孩子和来件人。', time: '要保全的时间', number: '文号', make: '生成文书', change: '改内容再生成', needed: '请写要写进文书的内容。',
} as const;

/** Words of the texts that go to 12345. */
export const hotlineText = {
  replyTitle: '12345 回复', passTitle: '转 12345 的文字', replyWhat: '可以复制到 12345 工单系统，也可以打印。空着的请补上再复制。', passWhat: '请逐句看过再复制。身份信息不写在里面，需要时由来件人自己告诉 12345。', found: '调查情况', result: '处理结果', opinion: '群众意见', copy: '复制', copied: '已复制', change: '改一改', make: '更新文字', blank: '（请填写）', passLabel: '内容', ticket: (number: string): string => `工单编号：${number}`, reference: (reference: string): string => `本站编号：${reference}`,
  contacted: (day: string, result: string): string => `${day}电话回访，结果：${result}。`, rated: (mark: number): string => `评价 ${String(mark)} 分（满分 5 分）。`, notYet: '尚未回访。', passHead: (place: string): string => `${place}托育服务诉求，请按职责办理：`, passSubject: (subject: string): string => `事项：${subject}`, passInstitution: (name: string): string => `涉及机构：${name}`, passTime: (day: string): string => `发生时间：${day}`, passWords: (words: string): string => `内容：${words}`, passed: '转 12345 后，请把工单号记在内部备注里。',
} as const;
