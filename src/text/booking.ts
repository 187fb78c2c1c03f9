import type { BookingKind, BookingMoveKind, BookingRefusal, BookingState, EnrolmentMaterial, StaffReason } from '#domain/booking/model.ts';

/** Why a booking is refused, and what to do. */
export const bookingRefusalText = {
  full: '这个时段已约满，请选择其他时段。',
  'already-booked': '您已为这个孩子预约了该机构当天的时段，请用预约号和查询码查看。',
  'too-young': '这个班按月龄收托，孩子在服务当天还没到最小月龄，请选择其他班型或时段。',
  'too-old': '这个班按月龄收托，孩子在服务当天已超过月龄，请选择其他班型或时段。',
  'too-late': '这个时段已过可办理的时间，请选择更晚的时段。',
  'not-open-yet': '这个时段还没有开放预约，请稍后再来或选择更近的时段。',
  'monthly-hours-used': '本月可预约的时长已用完，请选择下个月的时段。',
  'institution-suspended': '这家机构目前暂停展示或暂停预约，请选择其他机构。',
  'rules-changed': '《儿童个人信息保护规则》已更新，请重新阅读后再确认。',
  'offer-ended': '这个候补名额的保留时间已过，或已转给下一位家长。',
  'booking-over': '这个预约已经结束（例如已取消、已过期或已到场），不能再改。用预约号和查询码可以看到现在的状态。',
} satisfies Record<BookingRefusal, string>;

/** 预约状态 in words. */
export const bookingStateText = {
  requested: '已提交，等待机构确认', confirmed: '参观预约已确认', waiting: '候补中', offered: '有空位，待您确认', declined: '机构未能安排',
  cancelled: '已取消', expired: '已过期', attended: '已到场', noShow: '未到场', turnedAway: '晨检未通过',
} satisfies Record<BookingState, string>;

/** A confirmed booking of each kind; confirming is never a promise of a 托位. */
export const confirmedText = { visit: '参观预约已确认', care: '照护预约已确认', class: '活动预约已确认', homeVisit: '入户指导预约已确认' } satisfies Record<BookingKind, string>;

/** 预约状态 of a kind, in words. */
export const stateTextOf = (kind: BookingKind, state: BookingState): string => (state === 'confirmed' ? confirmedText[kind] : bookingStateText[state]);

/** 预约类型 in words. */
export const bookingKindText = { visit: '参观', care: '计时托 / 临时托', class: '父母课堂', homeVisit: '入户指导' } satisfies Record<BookingKind, string>;

/** What a booking went through, for its history. */
export const bookingMoveText = {
  booked: '提交预约', cancelled: '取消预约', rescheduled: '改期', joined: '加入候补', offered: '有空位，等您确认', accepted: '接受候补名额', confirmed: '机构确认', declined: '机构未能安排', expired: '已过期',
  attended: '到场', noShow: '未到场', turnedAway: '晨检未通过', reissued: '电话补发查询码',
} satisfies Record<BookingMoveKind, string>;

/** A field's fault → the sentence beside it: what is wrong and how to mend it. */
export const bookingFieldText: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  slotId: { required: '请先选择一个时段。', format: '时段链接不完整，请回到机构页面重新选择。', 'unknown-value': '没有找到这个时段，可能已经撤下，请回到机构页面重新选择。' },
  children: { required: '请填写孩子的出生年月。', range: '一次可为 1 到 4 个孩子预约，请检查人数。' },
  birthMonth: {
    required: '请填写孩子的出生年月或预产年月。', format: '请按“年-月”填写，例如 2025-03。',
    range: '请检查年月：已出生的不超过 6 岁，预产期最多填 10 个月以后。',
  },
  birthMonthBorn: { range: '请检查年月：这里要填已经出生的孩子，不超过 6 岁。' },
  contactName: { required: '请填写怎么称呼您，例如“李女士”。', 'too-long': '称呼请不超过 20 个字。', format: '称呼里有无法保存的符号，请改用汉字或字母。' },
  phone: { required: '请填写手机号，方便机构与您联系。', format: '请填写 11 位手机号，或带区号的固定电话。', 'too-long': '电话号码太长，请检查。' },
  rulesVersion: { required: '请阅读《儿童个人信息保护规则》并勾选同意；不同意也可以直接打电话给机构预约。', 'too-long': '请刷新页面后重新勾选。' },
  actingAs: { required: '请选择您和孩子的关系。', 'unknown-value': '请选择您和孩子的关系。' },
  consent: { required: '请阅读《儿童个人信息保护规则》并勾选同意；不同意也可以直接打电话给机构预约。' },
  note: { 'too-long': '备注请不超过 100 个字。', format: '备注里请不要填写证件号、电话等长串数字或特殊符号。' },
  plannedStart: { format: '请按“年-月”填写计划入托的月份，例如 2027-03。', range: '计划入托月份请填从本月起两年以内的月份。' },
  community: { required: '请填写所在的社区或村，不用写门牌号。', 'too-short': '请写出社区或村的名称。', 'too-long': '社区名称请不超过 30 个字。', format: '请只写社区或村的名称，不要写门牌号、电话或证件号。' },
  subdistrict: { 'unknown-value': '这支入户指导队不到您选的街道，请选择您所在街道的时段。', format: '请选择街道。' },
  enrolmentCode: { 'unknown-value': '没有找到这个建档码。请核对机构给您的 12 位建档码，或把它留空，先提交申请等机构确认。', 'too-long': '建档码太长，请核对。' },
  reference: { required: '请填写预约号，例如 Y-7K3M9P2Q。' },
  queryCode: { required: '请填写 16 位查询码。' },
};

/** Reference and code that open nothing: said alike whatever was wrong. */
export const bookingNotFoundText = '没有找到这个预约。请核对预约号和 16 位查询码；查询码只在预约成功时显示一次，找不到时请联系机构。';
/** Too many bookings of one phone or child in a day. */
export const tooManyBookingsText = '这个手机号今天提交的预约太多了，请明天再试；急用请直接打电话给机构。';
/** 首次建档材料: what to bring before care can be confirmed the first time. */
export const enrolmentMaterialText = {
  guardianId: '监护人身份证件（机构当面核对，不留在本站）', vaccinationRecord: '预防接种证', healthCheck: '入托健康检查表', agreement: '托育服务协议（与机构签）', allergyAndFeeding: '过敏与喂养告知', pickUpAuthorisation: '接送授权（写明谁可以接）',
} satisfies Record<EnrolmentMaterial, string>;
/** 建档码 on a care booking. */
export const enrolmentStandingText = { accepted: '建档码有效，已直接确认。', expired: '建档码已过有效期，或孩子三个月以上没有到园；这次按首次预约提交，等机构确认。' } as const;
/** Why an institution declined or cancelled. */
export const staffReasonText = {
  full: '名额已满', materials: '建档材料还没有齐', age: '月龄不合适', staff: '机构人手临时变动', illness: '班里有传染病，按要求停班', closure: '机构停课或停办', weather: '天气原因', other: '其他原因，请电话联系机构',
} satisfies Record<StaffReason, string>;
/** Too many wrong codes. */
export const tooManyTriesText = '尝试次数过多，请 15 分钟后再试。';
