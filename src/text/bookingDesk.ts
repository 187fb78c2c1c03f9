import type { ContactReason } from '#domain/booking/desk.ts';
import type { StaffRefusal } from '#domain/booking/staff.ts';
import type { WalkInRefusal } from '#domain/booking/walkIn.ts';

/** Why a move of the desk was not made, and what to do. */
export const staffRefusalText = {
  'not-found': '没有找到这条预约，可能不属于本机构，请刷新列表。',
  'changed-meanwhile': '这条预约刚刚有了变化（家长改动，或同事已处理），请刷新后再看。',
  'wrong-state': '这条预约现在的状态不能这样处理，请刷新后再看。',
  'not-yet': '还没到可以登记的时间：到场从开始前一小时起登记，未到从开始时起登记。',
} satisfies Record<StaffRefusal, string>;

/** Why the caller's code was not issued anew. */
export const reissueRefusalText = {
  ...staffRefusalText, 'not-matching': '对方说的时段或称呼与预约不一致，不能补发查询码；请再核对，或请对方本人带手机到机构办理。', forgotten: '这条预约已超过保留期，家长资料已删除。',
} as const;

/** Reasons for opening a contact; each opening is recorded. */
export const contactReasonText = {
  confirmTime: '确认时间', tellChange: '通知变动', askMaterials: '询问建档材料', callList: '电话通知清单', childSafety: '孩子安全', reissueCode: '补发查询码', other: '其他（请在登记本上写明）',
} satisfies Record<ContactReason, string>;

/** Why a walk-in or telephone booking was not made. */
export const walkInRefusalText = {
  full: '这个时段已满，或还有家长在候补，空位先给候补的家长。', 'already-booked': '这个孩子当天在本机构已有预约。', 'institution-suspended': '机构目前暂停展示或时段已关闭，不能登记。',
  'monthly-hours-used': '这个孩子本月可预约的时长已用完。', 'too-late': '这个时段已经结束。', 'slot-unknown': '没有找到本机构的这个时段，请刷新列表。', 'idempotency-key-reused': '这张表已提交过，内容不同，请重新打开登记页。',
} satisfies Record<WalkInRefusal, string>;

/** Why an enrolment code was not issued or revoked, terms not saved, a band not closed. */
export const deskRefusalText = {
  'not-an-institution': '只有托育机构可以这样做。', range: '请检查日期：不能早于今天，建档码最长一年，停班最长 60 天。', 'not-found': '没有找到，请刷新列表。', 'changed-meanwhile': '内容刚刚被改过，请刷新后再看。',
  'not-of-this-kind': '这类预约不能这样设置：每月时长只用于计时托，候补只用于计时托和活动。',
} as const;

/** After a visit: why the answers were not taken. */
export const visitAnswerRefusalText = {
  'not-found': '没有找到这个预约，请核对预约号和查询码。', 'not-a-visit': '只有参观过的预约可以回答这三个问题。', 'not-yet': '参观结束后再来回答。', 'already-answered': '您已回答过，谢谢。',
} as const;
