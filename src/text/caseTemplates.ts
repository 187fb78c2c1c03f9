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
  recordReply: [{ key: 'paper', name: '按回函记录', text: '（请填：部门）于（请填：日期）回函，文号（请填：文号）。主要内容：（请填：内容）。' }],
};

/** Words on the way in and out of a template. */
export const caseTemplateText = {
  pick: '不用模板', label: '模板', use: '套用', hint: '套用后接在已写的内容后面，可以再改。', unfilled: '还有“（请填：…）”没有填，请填好或删掉。',
} as const;
