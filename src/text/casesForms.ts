import type { MoveKind } from '#domain/complaints/moves.ts';

/** Moves that are forms on the page of one case. */
export type CaseAct = Exclude<MoveKind, 'reply' | 'withdraw' | 'rate' | 'reopen' | 'openIdentity' | 'forward' | 'institutionReply'>;
type ActWords = { readonly label: string; readonly done: string; readonly what?: string };

/** What stands on each move's button, what is said after it, and where it is not plain, what it does. */
export const caseActText: Readonly<Record<CaseAct, ActWords>> = {
  take: { label: '领办', done: '已领办，这件由您经办。' },
  assign: { label: '指派', done: '已指派。' },
  accept: { label: '受理', done: '已受理，投诉人查进度时能看到。' },
  notAccept: { label: '不予受理', done: '已登记不予受理，理由和去处会告诉投诉人。', what: '投诉人会看到理由和您写的去处。只说不归谁管不够，请写清楚去哪里办。' },
  investigate: { label: '开始办理', done: '已开始办理。' },
  handOver: { label: '转办', done: '已转办，等待签收。请打印转办单。', what: '部门没有账号也能转：打印转办单送去，签收和答复由您代为记录。部门的期限从签收日起算。' },
  recordReceipt: { label: '记录签收', done: '已记签收，部门的期限从签收日起算。' },
  handBack: { label: '退回', done: '已退回，请重新转办。', what: '不属于这个部门的，写明理由退回。期限不重新计算。' },
  recordReply: { label: '记录部门答复', done: '已记下部门答复。', what: '按部门的书面或电话答复记录，投诉人看不到原文；给投诉人的话写在“答复”里。' },
  addTask: { label: '增加任务', done: '已增加任务。', what: '协办部门办自己的一部分，对投诉人只有一个答复。' },
  closeTask: { label: '完成任务', done: '任务已完成。' },
  policeReport: { label: '登记报警', done: '已登记报警。', what: '发现未成年人受到侵害或者疑似受到侵害，应当立即向公安机关报告。请先打 110，再在这里登记。' },
  ask: { label: '请投诉人补充', done: '问题已发出，期限暂停。', what: '投诉人回答前期限暂停。一次问全，不问姓名、证件号和孩子的姓名。' },
  askNoLonger: { label: '不再等补充', done: '已结束等待，期限继续计算。' },
  note: { label: '内部备注', done: '已记下备注，投诉人看不到。' },
  askExtension: { label: '申请延期', done: '已申请延期，等审核岗决定。', what: '只能延期一次，理由和新的期限会告诉投诉人。' },
  extend: { label: '批准延期', done: '已延期，新的期限会告诉投诉人。' },
  answer: { label: '答复', done: '已答复投诉人。', what: '投诉人会看到全文。写查到什么、怎么处理、还不满意可以怎么办。' },
  close: { label: '办结', done: '已办结。' },
  recordCall: { label: '记录回访', done: '已记下回访。' },
  merge: { label: '并入另一件', done: '已合并，今后跟着主件办。', what: '合并后跟着主件办，投诉人仍用自己的编号查进度，看不到别人的内容。' },
  massCase: { label: '定为群体事项', done: '已定为群体事项，其他家庭的诉求可以并进来。' },
  uphold: { label: '复核：维持', done: '已登记复核结果：维持。' },
  redo: { label: '复核：重新办理', done: '已登记复核结果，重新办理。' },
  hold: { label: '到期不清除', done: '到期也不清除，直到您恢复。', what: '有复议、诉讼或侦查时用。身份和内容到期也不清除。' },
  releaseHold: { label: '恢复按期清除', done: '已恢复按期清除。' },
};

/** Labels and hints of the fields of those forms, by act and field. */
export const caseFieldText = {
  account: '经办人', notAcceptReason: '理由', whereToGo: '去哪里办', whereToGoHint: '投诉人会看到。可以先套用模板，再改。',
  department: '转给', handOverReason: '转办理由', documentNumber: '文号', documentNumberHint: '没有文号可以不填。', task: '哪一项', receivedOn: '签收日期', handBackWords: '退回理由', replyWords: '部门答复', replyTask: '哪个部门的答复', leadReply: '承办部门',
  taskKind: '任务', taskDepartment: '部门', taskDueOn: '到哪天', closeWords: '结果', closeWordsHint: '例如保全了哪几天的录像、谁签收。', policeOn: '报警日期', policeTime: '报警时间', policeNumber: '接警单号', policeNumberHint: '暂时没有可以不填，以后写在备注里。',
  askWords: '要问的话', noteWords: '备注', extensionReason: '理由', workdays: '延长几个工作日', answerWords: '答复内容', callResult: '结果', callWords: '说了什么', masterReference: '主件的受理编号', mergeReason: '为什么合并', reviewWords: '复核意见', holdReason: '为什么',
  pick: '请选择', nobody: '（不指定部门）',
} as const;

/** Sentences for fields that were not filled in as they must be. */
export const caseFieldErrorText = {
  'required': '还没有填。', 'too-short': '写得太短，请写清楚。', 'too-long': '写得太长，请缩短。', 'format': '填写的格式不对，请核对。', 'range': '超出了可以填的范围。', 'unknown-value': '请从列表里选一项。', 'unknown-field': '请重新打开这一页再试。',
} as const;
export const fieldErrorText = (label: string, sentence: string): string => `${label}：${sentence}`;

/** Words of the page of one case. */
export const casePageText = {
  title: '诉求', moves: '现在可以办', more: '其他操作', next: '下一件', back: '回到清单', keys: '键盘', first: '先办', changed: '已被他人更改', changedWhat: (state: string): string => `这件现在是“${state}”，下面是最新的情况。您刚才填的还在，核对后可以再次提交。`, notDone: '没有办成',
  story: '诉求内容', forgotten: '内容已按保存期限清除，只留下办理记录。', happenedOn: '发生时间', institution: '涉及机构', ownTopic: '自己写的事项', answers: '补充说明', noInstitution: '没有写机构', notInDirectory: '（名录里没有）', files: '附件', file: (at: number, type: string, size: string): string => `附件 ${String(at)}（${type}，${size}）`, fileOpens: '每次下载都会留痕',
  facts: '办理情况', state: '状态', handler: '经办人', nobodyHandles: '还没有人领办', mine: '我', lead: '承办部门', joint: '协办部门', noLead: '文件没有写谁牵头', basis: '职责依据', confirmBy: '告知是否受理', answerBy: '答复期限', clockBasis: '期限依据', unknownDay: '暂不可计算', external: '外来工单', externalDeadline: '外来期限', extended: '已延期，原期限', waiting: '等投诉人补充，期限暂停，从', identity: '身份', staff: '自称机构员工', staffYes: '是，请特别注意保密', kept: '录像可能保存到', mass: '群体事项', massYes: '是', master: '并入', members: '并入本件的', hold: '到期不清除', satisfaction: '满意度', satisfactionOf: (mark: number): string => `${String(mark)} 分（满分 5 分）`, kind: '类型', subject: '事项', channel: '渠道', street: '街道（乡镇）', received: '收到',
  openIdentity: '查看投诉人身份（要写理由）', paper: '打印文书', noIdentity: '没有留下身份信息', messages: '往来和记录', noMessages: '还没有往来。', tasks: '任务', noTasks: '没有任务。', due: '期限', signed: '签收', notSigned: '等待签收', done: '完成', history: '经过', forwards: '转给机构', noForwards: '没有转给机构。', forward: '转给机构（先脱敏）', forwardWaits: '等机构说明', forwardReply: '机构说明', forwarded: '已转给机构。机构只看到您写的那段话。', replyBy: '请于', replyByEnd: '前说明',
  papers: '打印和导出', publicAnswer: '给投诉人的答复', line: (line: number): string => `依据所存文件第 ${String(line)} 行`, reported: (day: string, time: string, number: string): string => `${day} ${time} 报警${number === '' ? '' : `，接警单号 ${number}`}`, system: '系统', complainant: '投诉人', colleague: '同事', overdueTask: '已过期', today: '今天到期', institutionActor: '机构',
} as const;

/** Words of the list of cases. */
export const caseQueueText = {
  title: '投诉办理', lede: '最先到期的排在最前面。', enter: '登记一件诉求', find: '按受理编号打开', findLabel: '受理编号', findSend: '打开', notFound: '没有找到这个编号，或者不归您办。',
  filters: '筛选', state: '状态', open: '未办完的', all: '全部', subject: '事项', department: '部门', channel: '渠道', street: '街道（乡镇）', mine: '只看我经办的', show: '筛选', any: '全部', none: '没有符合条件的诉求', noneWhat: '换一个条件看看；也可以登记电话、来访或者 12345 转来的诉求。', total: (count: number): string => `共 ${String(count)} 件`,
  tick: '选', tickWhich: '选中要一起办的', select: (reference: string): string => `中 ${reference}`, bulk: '对选中的', bulkTake: '领办', bulkAccept: '受理', bulkAssign: '指派给', bulkSend: '指派', bulkNone: '请先选中要办的诉求。', bulkDone: (count: number): string => `已办 ${String(count)} 件。`, bulkRefused: (reference: string, sentence: string): string => `${reference}：${sentence}`, bulkSome: '有几件没有办成', mine2: '我经办', unassigned: '无人领办', by: '同事经办', noInstitution: '没有写机构', tasksMore: (count: number): string => `另有 ${String(count)} 项任务`, page: '页', previous: '上一页', nextPage: '下一页', mass: '群体事项', todo: '待办', floodTitle: '同一机构短时间收到很多投诉', floodWhat: '全部照收，一件都没有拦。先看是不是很多家庭遇到同一件事（设为群体事项、合并），还是有人重复提交。', floodOpen: '看这些诉求', floodMark: '集中', flood: (name: string, count: number, since: string): string => `${name}：从${since}起收到 ${String(count)} 件`, pageOf: (page: number, last: number): string => `第 ${String(page)} 页，共 ${String(last)} 页`,
} as const;

/** Due standing in words; a shape stands beside it. */
export const dueText = {
  overdue: (days: number): string => `逾期 ${String(days)} 天`, today: '今天到期', ahead: (days: number): string => `还有 ${String(days)} 天`, paused: '暂停，等投诉人补充', unknown: '暂不可计算', none: '不再计时',
} as const;

/** Keys and what they do, as the key card lists them. */
export const caseKeysText = {
  title: '键盘操作', close: '关闭', show: '键盘操作（?）', list: '清单页', case: '办件页', down: '下一行', up: '上一行', open: '打开', select: '选中', find: '到受理编号', help: '看这张表', letter: '办对应的事，字母写在按钮上', send: '在填写框里提交', leave: '离开填写框', next: '下一件', back: '回到清单',
} as const;
