import type {
  Channel, ComplaintKind, ComplaintState, DeadlineBasis, ExtensionReason, FollowUpResult, HandoverReason, HoldReason, Identity, IdentityReason, MergeReason, MessageKind, NotAcceptedReason, TaskKind,
} from '#domain/complaints/model.ts';
import type { MoveKind } from '#domain/complaints/moves.ts';
import type { CaseRefusal } from '#domain/complaints/refusals.ts';

/** 办理状态 as the office says it. */
export const caseStateText = {
  received: '已收件', accepted: '已受理', notAccepted: '不予受理', transferred: '已转办', investigating: '办理中', answered: '已答复', closed: '已办结', withdrawn: '已撤回', merged: '已合并',
} as const satisfies Record<ComplaintState, string>;

export const caseKindText = { complaint: '投诉', tipOff: '举报', suggestion: '建议表扬' } as const satisfies Record<ComplaintKind, string>;

export const channelText = {
  site: '本站', telephone: '电话', visit: '来访', '12345': '12345', '12315': '12315', petition: '信访', superior: '上级交办', street: '街道上报', inspector: '督导员',
} as const satisfies Record<Channel, string>;

export const identityText = { anonymous: '匿名', confidential: '保密', named: '具名' } as const satisfies Record<Identity, string>;
export const identityHintText = {
  anonymous: '不留姓名和电话，凭受理编号和查询码看进度', confidential: '留下联系方式，只有经办人说明理由后能看，不告诉机构', named: '愿意让承办部门知道姓名，同样不告诉机构',
} as const satisfies Record<Identity, string>;

/** 期限依据. */
export const deadlineBasisText = { law: '法定期限', site: '本站承诺' } as const satisfies Record<DeadlineBasis, string>;

export const taskKindText = {
  secureEvidence: '发证据保全通知', policeReport: '当日报警登记', handover: '转办', joint: '协办', extension: '延期申请', callBack: '电话回访',
} as const satisfies Record<TaskKind, string>;

export const taskStateText = { open: '待办', done: '已办', returned: '已退回', dropped: '不再需要' } as const;

export const notAcceptedText = {
  notOurDuty: '不属于本部门职责', inCourt: '已进入诉讼或仲裁', inPetition: '已进入信访程序', inReview: '已申请行政复议', answeredBefore: '同一事项已经答复过', tooLittleToGo: '内容太少，补问后仍无法核查', notChildcare: '不是托育服务的事',
} as const satisfies Record<NotAcceptedReason, string>;

export const extensionText = {
  complex: '情况复杂，需要继续核实', inspection: '需要现场检查', appraisal: '需要检验、检测或鉴定', otherBody: '需要其他单位配合', manyFamilies: '涉及家庭多',
} as const satisfies Record<ExtensionReason, string>;

export const handoverText = {
  duty: '按职责分工', county: '属地在区县', severalLaws: '涉及几部法律法规，由街道牵头', superior: '上级指定', wrongAddress: '不属于该部门，重新转办',
} as const satisfies Record<HandoverReason, string>;

export const identityReasonText = { callBack: '打电话了解情况或回访', evidence: '核对证据', police: '公安机关依法调取', handover: '投诉人同意后交给承办部门', court: '复议、诉讼需要' } as const satisfies Record<IdentityReason, string>;

export const holdText = { administrativeReview: '行政复议', court: '诉讼', investigation: '立案侦查或调查' } as const satisfies Record<HoldReason, string>;

export const callResultText = { satisfied: '满意', partly: '基本满意', unsatisfied: '不满意', notReached: '没有联系上' } as const satisfies Record<FollowUpResult, string>;

export const mergeText = { duplicate: '同一个人、同一件事', massCase: '同一件事，多个家庭' } as const satisfies Record<MergeReason, string>;

export const messageKindText = {
  addition: '投诉人补充', question: '问投诉人', reply: '投诉人回答', answer: '答复（投诉人可见）', notice: '告知（投诉人可见）', note: '内部备注', departmentReply: '部门答复（内部）', institutionReply: '机构说明（内部）', reopening: '投诉人要求继续办理',
} as const satisfies Record<MessageKind, string>;

/** What a move is called in the history of a case. */
export const caseMoveText = {
  reply: '投诉人回复', withdraw: '投诉人撤回', rate: '投诉人评价', reopen: '投诉人要求继续办理', take: '领办', assign: '指派', accept: '受理', notAccept: '不予受理', investigate: '开始办理', handOver: '转办', recordReceipt: '签收', handBack: '退回',
  recordReply: '记录部门答复', addTask: '增加任务', closeTask: '完成任务', ask: '请投诉人补充，期限暂停', askNoLonger: '不再等补充，期限继续', note: '备注', askExtension: '申请延期', extend: '批准延期', forward: '转给机构', institutionReply: '机构说明',
  answer: '答复', close: '办结', recordCall: '电话回访', merge: '合并', massCase: '定为群体事项', uphold: '复核：维持', redo: '复核：重新办理', hold: '停止清除', releaseHold: '恢复清除', policeReport: '报警登记', openIdentity: '查看身份',
} as const satisfies Record<MoveKind, string>;
const otherSteps: Readonly<Record<string, string>> = { received: '收到', entered: '登记', followed: '随主件变动' };
const stepNames = new Map<string, string>([...Object.entries(caseMoveText), ...Object.entries(otherSteps)]);
/** A step of the history in words. */
export const stepText = (move: string): string => stepNames.get(move) ?? '其他';

const reasonNames = new Map<string, string>([notAcceptedText, extensionText, handoverText, identityReasonText, holdText, callResultText, mergeText].flatMap((texts) => Object.entries(texts)));
/** A coded reason in words, whichever list it is of; empty for one nobody knows. */
export const reasonText = (reason: string | null): string => (reason === null ? '' : reasonNames.get(reason) ?? '');

/** Why a move was not made. */
export const caseRefusalText = {
  'not-found': '没有找到这件诉求。', 'not-allowed': '您的岗位不能办这一步，请交给有权限的同事。', 'wrong-state': '这件诉求现在的状态不能办这一步。', 'changed-meanwhile': '这件诉求已被他人更改。', forgotten: '内容已按保存期限清除。',
  'unknown-department': '没有这个部门，请重新选。', 'unknown-institution': '没有这家机构，请重新选。', 'unknown-account': '没有这个账号，请重新选。', 'unknown-task': '没有这项任务，或者已经办完。', 'unknown-case': '没有找到要并入的那一件，请核对受理编号。',
  'extended-before': '只能延期一次，这件已经延过。', 'extension-too-long': '延得太久：超过了法规或本站承诺允许的延期。请把工作日数改小。', 'extension-asked': '延期已经申请，等审核岗决定。', 'no-extension-asked': '还没有人申请延期。', 'same-person': '申请和批准不能是同一个人。', 'not-waiting': '现在没有在等投诉人补充。', waiting: '正在等投诉人补充，请先结束等待。',
  'no-receipt': '部门还没有签收，请先记签收日期。', 'tasks-open': '还有任务没有办完，请先办完再继续。', 'same-case': '不能并入自己。', 'not-a-master': '那一件已经并入别的诉求，请填主件的受理编号。', 'no-identity': '这件没有留下身份信息。', 'replied-before': '已经回复过了。',
  'calendar-ends': '工作日历还没有公布到那一天，暂时不能计算。',
} as const satisfies Record<CaseRefusal, string>;
