import type { Permission } from '#domain/accounts/model.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { openStates, type Complaint, type ComplaintState } from '#domain/complaints/model.ts';

/** Who may make a move: the complainant by reference and code, or an account with a permission. */
export type Mover = 'parent' | Permission;
type Rule = { readonly by: Mover; readonly from: readonly ComplaintState[]; readonly to: ComplaintState | 'same' };

const inHand = ['accepted', 'transferred', 'investigating'] as const satisfies readonly ComplaintState[];
const any = ['received', 'accepted', 'notAccepted', 'transferred', 'investigating', 'answered', 'closed', 'withdrawn', 'merged'] as const satisfies readonly ComplaintState[];
const finished = ['answered', 'closed'] as const satisfies readonly ComplaintState[];

/** 办理流程: every move there is, who makes it, from which states, and where it leads. Nothing moves outside this table. */
export const moves = {
  /** The complainant. */
  reply: { by: 'parent', from: openStates, to: 'same' },
  withdraw: { by: 'parent', from: ['received', ...inHand], to: 'withdrawn' },
  rate: { by: 'parent', from: [...finished, 'merged'], to: 'same' },
  reopen: { by: 'parent', from: ['closed'], to: 'investigating' },
  /** 领办, 指派. */
  take: { by: 'complaint.handle', from: openStates, to: 'same' },
  assign: { by: 'complaint.assign', from: openStates, to: 'same' },
  /** 受理, 不予受理, 办理. */
  accept: { by: 'complaint.assign', from: ['received'], to: 'accepted' },
  notAccept: { by: 'complaint.decide', from: ['received', 'accepted'], to: 'notAccepted' },
  investigate: { by: 'complaint.handle', from: ['accepted', 'transferred'], to: 'investigating' },
  /** 转办, 签收, 退回, 部门答复 written down on its behalf. */
  handOver: { by: 'complaint.assign', from: ['received', ...inHand], to: 'transferred' },
  recordReceipt: { by: 'complaint.assign', from: ['transferred', 'investigating'], to: 'same' },
  handBack: { by: 'complaint.handle', from: ['transferred'], to: 'accepted' },
  recordReply: { by: 'complaint.handle', from: ['transferred', 'investigating'], to: 'investigating' },
  /** 协办 and other tasks. */
  addTask: { by: 'complaint.assign', from: openStates, to: 'same' },
  closeTask: { by: 'complaint.handle', from: any, to: 'same' },
  /** 补充材料: the clock stands still until the complainant answers, or the office asks no longer. */
  ask: { by: 'complaint.handle', from: ['received', ...inHand], to: 'same' },
  askNoLonger: { by: 'complaint.handle', from: ['received', ...inHand], to: 'same' },
  note: { by: 'complaint.handle', from: any, to: 'same' },
  askExtension: { by: 'complaint.handle', from: inHand, to: 'same' },
  extend: { by: 'complaint.decide', from: inHand, to: 'same' },
  forward: { by: 'complaint.handle', from: inHand, to: 'same' },
  institutionReply: { by: 'complaint.reply', from: any, to: 'same' },
  /** 答复, 办结, 回访. */
  answer: { by: 'complaint.handle', from: ['accepted', 'investigating'], to: 'answered' },
  close: { by: 'complaint.assign', from: ['answered'], to: 'closed' },
  recordCall: { by: 'complaint.assign', from: finished, to: 'same' },
  /** 合并, 群体事项, 复核, 保全. */
  merge: { by: 'complaint.assign', from: ['received', ...inHand], to: 'merged' },
  massCase: { by: 'complaint.assign', from: openStates, to: 'same' },
  uphold: { by: 'complaint.decide', from: [...finished, 'notAccepted'], to: 'same' },
  redo: { by: 'complaint.decide', from: [...finished, 'notAccepted'], to: 'investigating' },
  hold: { by: 'complaint.decide', from: any, to: 'same' },
  releaseHold: { by: 'complaint.decide', from: any, to: 'same' },
  policeReport: { by: 'complaint.handle', from: openStates, to: 'same' },
  openIdentity: { by: 'complaint.identity', from: any, to: 'same' },
} as const satisfies Readonly<Record<string, Rule>>;
export type MoveKind = keyof typeof moves;
export const moveKinds = ['received', 'entered', 'followed', ...Object.keys(moves)];

/** Whether a case in a state may make a move, and its state afterwards. */
export function nextState(state: ComplaintState, move: MoveKind): Outcome<ComplaintState, 'wrong-state'> {
  const { from, to }: Rule = moves[move];
  return from.includes(state) ? done(to === 'same' ? state : to) : refused('wrong-state');
}

/** 可办事项: the moves a state leaves open to whoever holds these permissions, for a desk's buttons. */
export const movesOpenTo = (complaint: Pick<Complaint, 'state'>, may: (permission: Permission) => boolean): readonly MoveKind[] =>
  moveNames.filter((move) => {
    const { by, from }: Rule = moves[move];
    return from.includes(complaint.state) && by !== 'parent' && may(by);
  });
const isMove = (name: string): name is MoveKind => Object.hasOwn(moves, name);
const moveNames = Object.keys(moves).filter(isMove);
