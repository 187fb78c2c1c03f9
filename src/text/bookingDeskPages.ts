import type { BookingKind, BookingState, ChildAdvice } from '#domain/booking/model.ts';
import { bandText } from '#text/directory.ts';

/** 预约状态 as the desk says it: short, for a list. */
export const deskStateText = {
  requested: '待答复', confirmed: '已约', waiting: '候补', offered: '空位留着，等家长确认', declined: '未能安排', cancelled: '已取消', expired: '候补已过期', attended: '已到场', noShow: '未到', turnedAway: '晨检未通过',
} satisfies Record<BookingState, string>;

/** 预约类型 in a list. */
export const deskKindText = { visit: '参观', care: '计时托', class: '活动', homeVisit: '入户指导' } satisfies Record<BookingKind, string>;

/** Seats of a booking: children for care, families otherwise. */
export const partyText = (kind: BookingKind, seats: number): string => (kind === 'care' ? `${String(seats)} 个孩子` : `${String(seats)} 家`);

const fitText = { fits: '', check: '，请核对出生日期', expected: '孕期', 'too-young': '还没到月龄', 'too-old': '已超过月龄' } satisfies Record<ChildAdvice['fit'], string>;

/** A child's band and whether its age fits, as advice. */
export const deskAdviceText = ({ band, fit }: Pick<ChildAdvice, 'band' | 'fit'>): string =>
  (band === null || fit === 'expected' || fit === 'too-young' || fit === 'too-old' ? fitText[fit] || '月龄请核对' : `${bandText[band].replace(/（.*$/, '')}${fitText[fit]}`);

/** Words of the desk's pages of bookings. */
export const deskBookingsText = {
  title: '预约', hidden: '家长资料已删除', noPhone: '没有留电话', phoneEnds: (digits: string): string => `尾号 ${digits}`,
  today: '今天', previousDay: '前一天', nextDay: '后一天', previousWeek: '前一周', nextWeek: '后一周', otherDay: '换一天', days: '前后几天', toDay: (day: string): string => `直接看${day}的时段`, day: '日期', showDay: '看这一天', week: '看一周', weekTitle: (from: string, to: string): string => `${from}至${to}`,
  sheet: '打印当日名单', walkIn: '现场登记', walkInOf: (slot: string): string => `现场登记 ${slot}`, find: '找预约、补发查询码', tools: '其他事项',
  toAnswer: '先答复', toAnswerWhat: (count: number): string => `${String(count)} 条申请在等答复。名额已经给家长留着。`, moreToAnswer: (count: number): string => `其余 ${String(count)} 条`, none: '这一天没有预约，也没有开放时段。', noneWhat: '家长打电话来或直接来了，可以在“现场登记”里选一个时段。',
  slots: '当天的时段', nobody: '还没有人约', free: (free: number): string => (free > 0 ? `空 ${String(free)}` : '已满'), taken: (taken: number, capacity: number): string => `${String(taken)}／${String(capacity)}`, queued: (waiting: number): string => `候补 ${String(waiting)} 家`,
  over: (count: number): string => `已经登记完的时段（${String(count)}）`, ended: (count: number): string => `已取消和未能安排的（${String(count)}）`, unmarked: (count: number): string => `还有 ${String(count)} 条没登记到场`, nowOn: '现在',
  hasNote: '有留言', entrusted: '受托代约', enrolled: '有建档码', place: (position: number): string => `候补第 ${String(position)} 位`, heldUntil: (until: string): string => `保留到 ${until}`, fromInstitution: '机构取消', fromParent: '家长取消', asked: '提交时间',
  confirm: '确认', attended: '到场', noShow: '未到', turnedAway: '晨检未通过', open: '打开', decline: '不能安排', answer: '答复',
  papers: '第一次来的孩子，请先看过建档材料再确认。', weekToAnswer: (count: number): string => `待答复 ${String(count)}`, weekBooked: (count: number): string => `已约 ${String(count)}`, weekFree: (count: number): string => `空 ${String(count)}`, weekNone: '没有时段', weekWaiting: (count: number): string => `候补 ${String(count)}`,
} as const;

/** What was done, said once after it. */
export const deskDoneText = {
  confirm: '已确认，会通知家长。', decline: '已答复不能安排，会通知家长。', attended: '已登记到场。', noShow: '已登记未到。', turnedAway: '已登记晨检未通过，不算失约，也不计时长。',
  cancelForParent: '已按家长的要求取消，空位让给下一家。', cancel: '已取消，会把原因通知家长；不算家长失约。', move: '已改到新的时段，会通知家长。',
} as const;
export type DeskAct = keyof typeof deskDoneText;

/** Words of one booking's page at the desk. */
export const deskBookingText = {
  trail: '一条预约', state: '状态', time: '时间', kind: '类型', party: '人数', ages: '班型建议', agesNote: '按出生年月推算，收不收以机构核对为准', name: '称呼', phone: '手机', reference: '预约号', asked: '提交时间', history: '经过', position: '候补位置', heldUntil: '保留到', ended: '原因', relation: '谁约的', guardian: '父母或其他监护人', entrustedBy: '受监护人委托',
  enrolledBy: '建档', enrolledYes: '凭建档码约的', enrolledNo: '没有建档码，请先看建档材料', note: '留言', hasNote: '有留言，查看联系方式时一起显示', children: '出生年月', community: '社区或村', plannedStart: '计划入托',
  attendance: '到场登记', attendanceWhen: '到场从开始前一小时起登记，未到从开始时起登记。', mend: '登记错了，可以改', answer: '答复这条申请',
  declineTitle: '不能安排', reason: '原因', reasonNeeded: '请选一个原因，家长会看到。', parentSees: (sentence: string): string => `家长会看到：${sentence}`, chosenReason: '（所选原因）', declineSend: '答复：不能安排',
  more: '改期和取消', moveTitle: '改到别的时段', moveTo: '新的时段', moveWhat: '先和家长说好再改。改好后会通知家长，预约号和查询码不变。', moveNone: '四周内没有别的空时段。', moveSend: '改到这个时段', movePick: '请选一个新的时段。',
  cancelForParentTitle: '家长说不来了', cancelForParentWhat: '家长打电话或当面取消时用。取消后空位马上让给下一家，不能恢复。', cancelForParentSend: '登记家长取消', cancelTitle: '机构取消', cancelWhat: '机构原因不能接待时用。家长会收到原因，不算家长失约。取消后不能恢复。', cancelSend: '由机构取消',
  contactTitle: '查看联系方式', contactWhat: '每次查看都会留痕：谁、什么时候、为什么。', contactReason: '为什么要看', contactReasonNeeded: '请选一个查看的原因。', contactSend: '查看', contactOpen: '联系方式', contactOnce: '只在这一页显示，离开后再看要重新选原因。', call: '打电话',
  codeTitle: '家长忘了查询码', codeWhat: '请对方先说出时间和称呼，您照着选和填；对得上才补发。原来的查询码会作废。', codeSlot: '对方说的时间', codeSlotPick: '请选择', codeName: '对方说的称呼', codeSend: '核对并补发', codeSlotNeeded: '请选对方说的时间。', codeNameNeeded: '请填对方说的称呼。',
  codeDone: '新的查询码', codeOnce: '请念给对方抄下，念两遍。离开这一页就不再显示。', changed: '已被他人更改', changedWhat: (state: string): string => `这条预约现在是“${state}”。`, notDone: '没有办成', back: '回到当天', expired: '家长资料已按规定删除，不能再查看联系方式。',
} as const;

/** Words of the page that finds a booking by day and the end of a phone number. */
export const deskFindText = {
  title: '找预约', lede: '家长忘了查询码时，用日期和手机尾号找到预约，再核对时间和称呼。', day: '预约的日期', lastFour: '手机号最后四位', lastFourError: '请填手机号的最后四位数字。', dayError: '请填预约的日期。', send: '查找', none: '没有找到', noneWhat: '请核对日期和尾号。家长可能约的是别的日子，或用了另一个手机号。', found: (count: number): string => `找到 ${String(count)} 条`, recorded: '每次查找都会留痕，尾号不保存。',
} as const;

/** Words of the walk-in page. */
export const deskWalkInText = {
  title: '现场登记、电话预约', lede: '家长直接来了，或打电话来约，在这里占一个名额，就不会和网上的预约撞在一起。', pick: '先选时段', pickWhat: '只列还有空位的时段。', none: '这一天没有空着的时段', noneWhat: '可以换一天，或先到排期里加开时段。', slot: '时段', change: '换个时段',
  seats: '几个孩子', birth: '孩子的出生年月', birthHint: '填了可以核对班型，并防止同一个孩子约两次。不填姓名和证件号。', more: '还有别的孩子', contactName: '怎么称呼', contactNameHint: '例如“李女士”。不填就记“现场登记”。', phone: '手机号', phoneHint: '填了才能在有变动时通知家长。',
  send: '登记', doneAttended: '已登记到场', doneConfirmed: '已约好', read: '请把预约号和查询码念给家长，或打印给家长。', onTheSpot: '开始前一小时内登记的，直接记为到场。', next: '再登记一位', back: '回到当天', notMade: '没有登记成', seatsError: '请选 1 到 4 个孩子。', gone: '没有找到这个时段，请重新选。',
} as const;

/** Words of the day sheet. */
export const deskSheetText = {
  title: '当日名单', how: '请用浏览器的“打印”，A4 纸。有空位的时段留了空行，现场来的写在纸上。', printed: (at: string): string => `打印于 ${at}`, name: '称呼（尾号）', party: '人数 · 班型', health: '晨检', bring: '送来、到场', fetch: '接走', came: '到场', sign: '签字、备注', papers: '凭证件', listed: '登记接送人', real: '实际时间',
  keep: '本表含家长信息，用完锁好或粉碎。孩子的姓名只写在机构自己的登记本上。', none: '这一天没有时段。',
} as const;

/** Words of the page of enrolment codes. */
export const deskCodesText = {
  title: '建档码', lede: '看过建档材料后，发一个建档码给家长。家长下次约计时托填上它，就能直接约定。', issue: '发一个建档码', until: '有效期到', untilHint: '最长一年，不超过健康检查的有效期。', untilError: '请填有效期：不早于今天，最长一年。', seen: '已当面看过这个孩子的建档材料', seenError: '请先看过建档材料，再打勾。', seenHint: '预防接种证、入托健康检查表、协议、过敏与喂养告知、接送授权。材料不在本站保存。', send: '发建档码',
  slipTitle: '给家长的建档码', slipOnce: '建档码只显示这一次。请打印或抄给家长；把编号记在您的登记本上，以后作废时要用。', code: '建档码', number: '编号', institution: '机构', how: '怎么用', steps: ['在本站约计时托、临时托时，把它填在“建档码”一栏。', '三个月以上没有来，或过了有效期，要重新建档。', '不要转给别人。'], nothingOf: '这个码后面不保存孩子的任何信息。',
  list: '发出去的建档码', listWhat: '这里没有孩子的信息；哪个编号给了谁，看机构自己的登记本。', none: '还没有发过建档码。', issued: '发出', seenOn: '最近到园', standing: { holds: '有效', away: '三个月没有到园，要重新建档', revoked: '已作废' }, revoke: '作废', revokeWhat: '作废后，用它约计时托要重新等机构确认；已经约好的不受影响。不能恢复。', revokeSend: (number: string): string => `作废编号 ${number}`, revoked: '已作废。', gone: '没有找到这个建档码。', print: '请用浏览器的“打印”，只印这张纸条。',
} as const;
