import type { CaseFile, ComplaintState, ExtensionReason, NotAcceptedReason } from '#domain/complaints/model.ts';
import type { ParentRefusal } from '#domain/complaints/refusals.ts';
import type { ComplaintProgress } from '#domain/complaints/views.ts';

/** Words of the page on which a complainant follows a case. */
export const complaintFindText = {
  title: '查进度', yours: '您的诉求', reference: '编号', referenceHint: '以 T- 开头，大小写都可以。', queryCode: '查询码', queryCodeHint: '16 位数字，空格可有可无。', see: '查看进度',
  codeOnce: '查询码只在提交成功时显示一次。选了匿名的，没有人能补；留了电话的，经办人会打给您。',
  required: { reference: '请填写编号，在回执上，以 T- 开头。', queryCode: '请填写 16 位查询码，在回执上。' },
  notFound: '没有找到。请检查编号和查询码；为了安全，不会说明是哪一个不对。', notFoundTitle: '没有找到',
  tooMany: (minutes: number): string => `试的次数太多了，请 ${String(minutes)} 分钟后再试。`, tooManyTitle: '请等一会儿',
  state: '现在到哪一步', subject: '什么事', receivedOn: '收到', closedOn: '办结', whoTitle: '谁在办，最晚哪天', steps: '经过', files: '您提交的照片和文件', messages: '往来', you: '您写的', office: '经办人写的', answer: '答复', notice: '告知',
  waiting: '有人问您', waitingWhat: '请看下面的问题，写下您知道的。您回答以前，办理期限暂停。', asked: '问您的问题',
  handover: '转给', sentOn: (day: string): string => `${day}转出`, unsigned: '已转、等待签收。签收以后，那个部门的期限开始计算。', signedOn: (day: string): string => `${day}签收`,
  extension: '延期', extendedFrom: (from: string): string => `原定 ${from} 答复，已延期一次`, together: '这件事和别的家庭反映的同一件事合在一起办，下面的步骤和答复是一样的。您写的内容，别的家庭看不到。',
  add: '补充内容', addHint: '想起什么、有新情况、回答问题，都写在这里。请不要写孩子的姓名和证件号。', answerQuestion: '您的回答', addSend: '提交补充', added: '已经收到', addedWhat: '经办人会看到您补充的内容。',
  withdraw: '撤回', withdrawAsk: '撤回这个诉求吗？', withdrawWhat: '撤回以后不再办理，也不能恢复；想再反映，要重新提交。涉及孩子安全的，有关部门仍可能依法查办。', withdrawYes: '确认撤回', withdrawNo: '先不撤回', withdrawn: '已经撤回', withdrawnWhat: '谢谢您告诉我们。',
  rate: '办得怎么样？', rateHint: '只用来改进，机构看不到，也不公开您的评价。', rateReopens: '选“很不满意”或“不满意”的，可以在办结后 14 天内要求重新办一次。', rates: ['很不满意', '不满意', '一般', '满意', '很满意'], rateSend: '提交评价', rated: '评价已经收到', ratedWhat: '谢谢您。', ratedBad: '谢谢您说出来。办结以后，您可以在 14 天内要求重新办一次。', ratedBadAgain: '谢谢您说出来。这件事已经重新办过一次。', yourRate: '您的评价',
  reopen: '要求重新办', reopenHint: (until: string): string => `可以在${until}前要求重新办一次。请写哪里没有解决。`, reopenSend: '要求重新办', reopened: '已经重新开始办', reopenedWhat: '新的期限见下面。', reopenOver: (until: string): string => `要求重新办的期限到${until}为止，已经过了。`, reopenedBefore: '这件事已经重新办过一次，不能再要求重新办。', elsewhere: '还没有解决的，可以打 12345，或者', submitAnew: '重新提交一份',
  download: (kind: string, number: number, size: string): string => `下载${kind} ${String(number)}（${size}）`, notDone: '没有办成',
  required5: '请选一个。', words: { required: '请写几个字。', 'too-short': '请再多写几个字，至少 2 个字。', 'too-long': '最多 2000 个字，请缩短一些。' }, another: '查另一个', hotline: '急事请直接打 110、120、119 或 12345。',
} as const;

/** 办理状态 as a complainant reads it: what it means and what comes next. */
export const stateWords = {
  received: { name: '已收到', what: '还没有受理。受理不受理，会在“最晚确认”那天以前告诉您。' },
  accepted: { name: '已受理', what: '正在安排人去了解情况。' },
  notAccepted: { name: '不予受理', what: '这里办不了这件事。原因和可以去哪里办，见下面的告知。' },
  transferred: { name: '已转办', what: '已经转给负责的部门，见下面。' },
  investigating: { name: '办理中', what: '正在调查、核实。' },
  answered: { name: '已答复', what: '答复在下面。看过以后，请评价办得怎么样。' },
  closed: { name: '已办结', what: '这件事已经办完。' },
  withdrawn: { name: '已撤回', what: '按您的要求，不再办理。' },
  merged: { name: '合并办理', what: '和同一件事合在一起办。' },
} as const satisfies Record<ComplaintState, { readonly name: string; readonly what: string }>;

/** 经过: what happened to a case. */
export const stepWords = {
  received: '收到', accepted: '受理', notAccepted: '不予受理', investigating: '开始调查', transferred: '转办', signedFor: '签收', handedBack: '退回重新分', asked: '问您问题，期限暂停', answeredQuestion: '您回答了，期限继续',
  extended: '延期一次', answered: '答复', closed: '办结', called: '电话回访', rated: '您评价了', reopened: '重新办理', withdrawn: '撤回', merged: '合并办理', reviewed: '复核',
} as const satisfies Record<ComplaintProgress['steps'][number]['event'], string>;

export const refusalReasonText = {
  notOurDuty: '不归这里管', inCourt: '已经在诉讼或仲裁', inPetition: '已经在信访', inReview: '已经在行政复议', answeredBefore: '同一件事已经答复过', tooLittleToGo: '说得太少，没法查', notChildcare: '不是 3 岁以下孩子照护的事',
} as const satisfies Record<NotAcceptedReason, string>;

export const extensionReasonText = {
  complex: '情况复杂', inspection: '要等检查结果', appraisal: '要等鉴定结果', otherBody: '要等别的部门', manyFamilies: '涉及很多家庭',
} as const satisfies Record<ExtensionReason, string>;

/** Why what was asked of a case was not done. */
export const parentRefusalText = {
  'wrong-state': '现在这一步不能这样做，可能刚刚办到了下一步。现在的情况见下面。', 'changed-meanwhile': '刚刚有人在办这件事，请再提交一次。您写的内容还在。',
  'not-answered-yet': '还没有答复，答复以后再评价。', 'not-unsatisfied': '请先评价。评价为“很不满意”或“不满意”的，可以要求重新办。', 'too-late': '已经过了可以要求重新办的 14 天。事情还没有解决的，可以重新提交一份。',
  'reopened-before': '这件事已经重新办过一次。还不满意的，可以打 12345，或重新提交一份。', 'too-many-files': '一件事最多 9 个照片和文件。', forgotten: '已经过了保存期限，内容已删除，不能再补充。',
} as const satisfies Record<ParentRefusal, string>;

export const fileKindText = { 'image/jpeg': '照片', 'image/png': '照片', 'image/webp': '照片', 'application/pdf': 'PDF 文件' } as const satisfies Record<CaseFile['type'], string>;
