import type { NotAcceptedReason } from '#domain/complaints/model.ts';
import type { Subject } from '#domain/jurisdiction/model.ts';
import type { CaseAct } from '#text/casesForms.ts';

/** 模板: a beginning, never an answer. What only the clerk knows stands as （请填：…）, and nothing is sent while it does. */
export type CaseTemplate = {
  readonly key: string; readonly name: string; readonly text: string;
  /** Subjects it is for; none named: all. */
  readonly subjects?: readonly Subject[];
};

/** What a template leaves to be filled in. */
export const unfilled = '（请填：';

/** 去哪里办, to begin with: the clerk goes on writing. */
const whereToGo = {
  notOurDuty: '请向负责这件事的部门反映：（请填：部门和电话）。也可以拨打 12345。', inCourt: '请在诉讼或仲裁程序中提出。', inPetition: '请向受理信访的机关了解进展。', inReview: '请向复议机关了解进展。',
  answeredBefore: '上次的答复仍然有效；有新的事实，可以补充后再提出。', tooLittleToGo: '想起时间、地点或经过时，可以再提出。', notChildcare: '可以拨打 12345，由热线转给负责的部门。',
} as const satisfies Record<NotAcceptedReason, string>;
const whereToGoNames = {
  notOurDuty: '不属于本部门职责', inCourt: '已在诉讼或仲裁', inPetition: '已在信访', inReview: '已申请复议', answeredBefore: '答复过', tooLittleToGo: '内容太少', notChildcare: '不是托育',
} as const satisfies Record<NotAcceptedReason, string>;

/** Templates of each move that has words, in the order they are offered. */
export const caseTemplates: Partial<Readonly<Record<CaseAct, readonly CaseTemplate[]>>> = {
  notAccept: Object.entries(whereToGo).map(([key, text]) => ({ key, name: Object.entries(whereToGoNames).find(([reason]) => reason === key)?.[1] ?? key, text })),
  ask: [
    { key: 'when', name: '问时间和地点', text: '为了核查，请告诉我们这件事发生的日期、大概时间和地点。' },
    { key: 'papers', name: '请补材料', text: '如果手边有协议、付款记录、照片或聊天记录，请在办件页上传，原件请自己保存好。' },
    { key: 'recordings', name: '问受伤和就医', text: '孩子现在身体怎么样？看过医生的话，请保存病历和检查结果，并告诉我们就诊日期。', subjects: ['abuse', 'safety', 'health', 'food', 'staff'] },
    { key: 'refund', name: '问付款和退费', text: '请告诉我们付款日期、金额、付款方式和协议里关于退费的约定。', subjects: ['fee', 'leave'] },
  ],
  answer: [
    { key: 'found', name: '属实，已要求改正', text: '我们于（请填：日期）核查，您反映的情况属实：（请填：查到什么）。已要求机构（请填：怎么改、哪天前改好），我们会复查。' },
    { key: 'partly', name: '部分属实', text: '我们于（请填：日期）核查。查实的有：（请填：查到什么）。没有查实的有：（请填：哪些，为什么）。已要求机构（请填：怎么改、哪天前改好）。' },
    { key: 'notFound', name: '没有查到', text: '我们于（请填：日期）核查（请填：怎么查的），没有发现您反映的情况。如果有新的照片、记录或证人，可以在办件页补充，我们会再查。' },
    { key: 'refund', name: '退费已办', text: '机构已答应按协议退还（请填：金额）元，（请填：日期）前到账。到期没有到账，请在办件页告诉我们。', subjects: ['fee', 'leave'] },
    { key: 'case', name: '已立案或移送', text: '这件事已由（请填：机关名称）依法处理。按规定不能公开的内容，处理结束前无法告诉您，结果会在办件页答复。', subjects: ['abuse', 'safety', 'unfiled', 'fire', 'food', 'staff'] },
    { key: 'thanks', name: '建议已采纳', text: '谢谢您的建议。我们（请填：怎么采纳，从哪天起）。' },
  ],
  recordReply: [
    { key: 'paper', name: '按回函记录', text: '（请填：部门）于（请填：日期）回函，文号（请填：文号）。主要内容：（请填：内容）。' },
    { key: 'phone', name: '按电话记录', text: '（请填：部门）（请填：谁）于（请填：日期和时间）电话答复：（请填：内容）。书面回函（请填：有没有，哪天到）。' },
  ],
  handBack: [
    { key: 'other', name: '归别的部门', text: '（请填：部门）于（请填：日期）来函退回：按（请填：依据），这件事由（请填：部门）负责。' },
    { key: 'place', name: '不在辖区', text: '（请填：部门）于（请填：日期）退回：事情发生在（请填：街道或区县），不在其辖区。' },
  ],
  closeTask: [
    { key: 'recordings', name: '录像已保全', text: '已于（请填：日期和时间）通知机构，（请填：哪几天、哪几处）的录像已保全，由（请填：谁）签收。', subjects: ['abuse', 'safety', 'health', 'food', 'staff'] },
    { key: 'noRecordings', name: '录像没有了', text: '机构称（请填：哪几天、哪几处）的录像没有保存，原因：（请填：原因）。已（请填：怎么处理）。', subjects: ['abuse', 'safety', 'health', 'food', 'staff'] },
    { key: 'joint', name: '协办部门已办', text: '（请填：部门）于（请填：日期）办完，结果：（请填：结果）。' },
    { key: 'called', name: '已联系', text: '已于（请填：日期和时间）联系（请填：部门或机构），（请填：说了什么）。' },
  ],
  recordCall: [
    { key: 'content', name: '满意', text: '来件人说（请填：问题怎么解决的）。没有别的要求。' },
    { key: 'not', name: '不满意', text: '来件人说（请填：哪里没有解决）。已告知可以在办结后 14 天内凭编号和查询码要求重新办一次。' },
    { key: 'away', name: '没有打通', text: '（请填：日期和时间）拨打，（请填：无人接听、关机或停机）。' },
  ],
  uphold: [{ key: 'same', name: '维持', text: '调阅了（请填：材料），原答复认定的事实清楚，依据是（请填：依据）。维持原答复，已告知来件人还可以（请填：去哪里）。' }],
  redo: [{ key: 'again', name: '重新办理', text: '原答复对（请填：哪一点）没有查清。请（请填：部门）在（请填：日期）前重新核查（请填：什么），并答复来件人。' }],
};

/** What every letter to an institution ends with. */
const kindly = '请不要猜测、打听是谁反映的，也不要因此区别对待任何孩子。';

/** Templates of what an institution is asked, by subject: what is to be explained, never what was said or when one child was where. */
export const forwardTemplates: readonly CaseTemplate[] = [
  { key: 'general', name: '请说明做法', text: `请说明（请填：哪方面）现在是怎么做的、依据哪项制度，准备怎么改进。${kindly}` },
  { key: 'refund', name: '退费', text: `请说明协议里怎么约定退费，收到退费申请后几天内办，目前还有几笔没有办完、什么时候办完。${kindly}`, subjects: ['fee', 'leave'] },
  { key: 'charges', name: '收费和公示', text: `请说明现在的收费项目、标准和公示位置，最近一次调整是哪天、怎么告诉家长的。${kindly}`, subjects: ['fee'] },
  { key: 'care', name: '值班、巡视和录像', text: `请说明近期午睡、户外和如厕时段的值班、巡视安排，监控覆盖哪些区域、能保存多少天，并妥善保存现有录像。${kindly}`, subjects: ['abuse', 'safety', 'staff'] },
  { key: 'food', name: '食谱、留样和送餐', text: `请说明近期的食谱、食材来源、留样和送餐情况，并附留样记录。${kindly}`, subjects: ['food'] },
  { key: 'health', name: '晨检、消毒和缺勤', text: `请说明近期晨午检、消毒、因病缺勤登记和隔离的做法，并附记录。${kindly}`, subjects: ['health'] },
  { key: 'staff', name: '人员资质', text: `请说明现有保育人员的人数、资质和健康检查情况，各班怎么配备。${kindly}`, subjects: ['staff', 'safety', 'abuse'] },
  { key: 'fire', name: '消防和场所', text: `请说明消防设施的检查维护、疏散通道和演练情况，场所最近有没有装修、改动。${kindly}`, subjects: ['fire', 'premises'] },
];

/** Whether a template is offered for cases of a subject. */
export const isFor = ({ subjects }: CaseTemplate, subject: Subject): boolean => subjects === undefined || subjects.includes(subject);

/** What was written with a template's words behind it, on a line of their own. */
export const withWordsOf = (before: string, { text }: CaseTemplate): string => [before.trim(), text].filter((part) => part !== '').join('\n');

/** Words on the way in and out of a template. */
export const caseTemplateText = {
  pick: '不用模板', label: '模板', use: '套用', hint: '套用后接在已写的内容后面，可以再改。', unfilled: '还有“（请填：…）”没有填，请填好或删掉。',
} as const;
