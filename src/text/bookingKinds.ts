import type { BookingKind, ChildAdvice, SlotFee } from '#domain/booking/model.ts';

/** What each kind of booking is called, and what it is, in the words of its pages. */
export const kindWords = {
  visit: {
    title: '预约参观', choice: '参观', what: '大人去看环境、问清费用和照护安排，孩子可以一起来。孕期也可以先看。', slots: '选一个时间。两周内可约的时段都在这里。', note: '预约免费，不代表取得托位。',
    none: '两周内没有可约的参观时间', contactFor: '只用于机构联系您确认参观。', form: '参观预约不代表取得托位。',
  },
  care: {
    title: '预约计时托、临时托', choice: '计时托 / 临时托', what: '按小时把孩子托给机构照护。第一次要先建档，机构看过材料后确认；拿到建档码以后，可以直接约定。', slots: '选一个时间。四周内可约的时段都在这里，班额按月龄分。', note: '在本站预约免费；照护费按机构公示，当面交给机构。',
    none: '四周内没有可约的计时托、临时托', contactFor: '只用于机构联系您确认照护安排。', form: '在本站预约免费。照护费按机构公示，不要提前转账给个人。',
  },
  class: {
    title: '报名父母课堂、亲子活动', choice: '父母课堂 / 亲子活动', what: '大人来听课，或带孩子一起活动。一家占一个名额，适合的月龄看每一场的说明。', slots: '选一场。四周内的活动都在这里。', note: '在本站报名免费；活动本身是否收费，看每一场的说明。',
    none: '四周内没有父母课堂和亲子活动', contactFor: '只用于主办机构联系您。', form: '在本站报名免费，一家占一个名额。',
  },
  homeVisit: {
    title: '预约入户指导', choice: '入户指导', what: '社区的指导人员到家里，看看怎么喂养、怎么陪玩。孕期和孩子出生后都可以约。', slots: '选一个时间。四周内可约的时段都在这里。', note: '入户指导不推销、不收费。',
    none: '四周内没有可约的入户时间', contactFor: '指导队会打这个电话，和您约定门牌和具体时间。', form: '入户指导不推销、不收费。这里不填门牌，指导队打电话问。',
  },
} as const satisfies Record<BookingKind, Readonly<Record<string, string>>>;

/** Kinds an institution can offer, in the order of its pages. */
export const institutionKinds = ['visit', 'care', 'class'] as const;

/** 收费 of a slot in words; null where the host has not said. */
export const slotFeeText = (fee: SlotFee | null): string | null =>
  (fee === null ? null : fee.amount === 0 ? '免费' : `每${fee.per === 'hour' ? '小时' : '次'} ¥${String(fee.amount / 100)}`);

/** Names and words of what a slot says of itself. */
export const slotFactText = {
  fee: '收费', least: '最短时长', rounding: '计费取整', late: '超时费', meals: '用餐', bring: '自带物品', illness: '生病时', medicine: '喂药', band: '收哪个班', ages: '适合', adults: '大人', where: '地点', name: '内容', street: '到哪里', visitors: '谁来', verify: '核实电话',
  minutes: (minutes: number): string => (minutes % 60 === 0 ? `${String(minutes / 60)} 小时` : `${String(minutes)} 分钟`),
  roundedTo: (minutes: number): string => `按 ${minutes % 60 === 0 ? `${String(minutes / 60)} 小时` : `${String(minutes)} 分钟`}一档计费`,
  mealsYes: '供餐', mealsNo: '不供餐，请自带', anyBand: '各班都收',
  agesOf: (from: number, until: number, pregnancy: boolean): string => `${String(from)}–${String(until)} 个月${pregnancy ? '，孕期家庭也可以来' : ''}`,
  adultsOf: (adults: number): string => `一家最多来 ${String(adults)} 位`,
  streetOf: (name: string): string => `${name}的家庭；具体门牌由指导队打电话问`,
  twoCome: '两位指导人员一起来', oneComes: '人数由指导队告诉您', showCards: '进门先出示工作证', feeFree: '不收费，也不推销',
  verifyHow: '有人上门前可以打这个电话核实', awaiting: '待主办单位填写',
} as const;

/** Seats of a slot as the list says them. */
export const seatsText = {
  open: (kind: BookingKind, open: number): string => (kind === 'care' ? `还可约 ${String(open)} 个孩子` : `还可约 ${String(open)} 家`),
  full: '已约满', over: '已截止', notYet: (when: string): string => `${when}开放预约`,
  wait: (waiting: number): string => (waiting > 0 ? `已约满，可候补（前面 ${String(waiting)} 家）` : '已约满，可候补'),
  inTwoWeeks: (count: number): string => `有 ${String(count)} 个时段可约`, noneNow: '现在没有可约的时段', onlyWaiting: '都约满了，可以候补',
} as const;

const careAdvice = { fits: '服务当天的月龄适合', check: '服务当天的月龄可能适合，以机构现场核对出生日期为准', expected: '孩子还没出生', 'too-young': '服务当天还没到收托月龄', 'too-old': '服务当天已超过收托月龄' } satisfies Record<ChildAdvice['fit'], string>;
const classAdvice = {
  fits: '活动当天的月龄适合', check: '活动当天的月龄可能刚好适合，拿不准可以先问主办机构', expected: '孕期家庭可以参加', 'too-young': '活动当天还没到建议的月龄，想来可以先问主办机构', 'too-old': '活动当天已超过建议的月龄，想来可以先问主办机构',
} satisfies Record<ChildAdvice['fit'], string>;
const visitAdvice = {
  fits: '月龄适合', check: '月龄可能适合，以机构现场核对出生日期为准', expected: '孩子还没出生，可以先参观，入托时间再和机构商量', 'too-young': '不足 6 个月，机构一般从 6 个月起收托，可以先了解', 'too-old': '已满 36 个月，可以了解幼儿园小班',
} satisfies Record<ChildAdvice['fit'], string>;
const adviceByKind = { visit: visitAdvice, care: careAdvice, class: classAdvice, homeVisit: classAdvice } satisfies Record<BookingKind, Record<ChildAdvice['fit'], string>>;

/** Advice on one child's age; never a refusal. */
export const adviceOf = (kind: BookingKind, fit: ChildAdvice['fit']): string => adviceByKind[kind][fit];
/** Which day a visit's advice is given for. */
export const visitAdviceDay = '按您打算入托的月份算；没填月份的，按参观当天算。以机构确认为准。';

/** Words of the form by kind. */
export const bookingFormText = {
  childLabel: { visit: '孩子的出生年月或预产年月', care: '孩子的出生年月', class: '孩子的出生年月或预产年月', homeVisit: '孩子的出生年月或预产年月' },
  childHint: {
    visit: '只需要年和月，不填日期、姓名和证件号。还没出生也可以先参观。', care: '只需要年和月，不填日期、姓名和证件号。照护按孩子人数占名额。',
    class: '只需要年和月，不填日期、姓名和证件号。', homeVisit: '只需要年和月，不填日期、姓名和证件号。孕期填预产年月。',
  },
  more: '双胞胎，或还有别的孩子一起来',
  planned: '打算什么时候入托', plannedHint: '填了这个月份，我们按那时的月龄告诉您适合哪个班。', plannedNone: '还没想好',
  code: '建档码', codeHint: '机构给您的 12 位字母和数字。第一次来没有建档码，留空就可以：先提交申请，机构看过材料后确认。',
  firstTime: '第一次来，要先建档', firstTimeWhy: '机构收托前要核对这些材料。没有建档码时，请先备好，机构确认后才算约定：', firstTimePapers: '材料当面给机构看，本站不收、不保存。', whatIsCode: '建档以后，机构会给您一个建档码。下次填上它，就能直接约定，不用再等确认。',
  community: '社区或村', communityHint: '只写社区或村的名字，不写楼号和门牌。',
  waitTitle: '这个时段已约满，可以候补', waitWhat: (waiting: number): string => `${waiting > 0 ? `前面还有 ${String(waiting)} 家在等。` : '您会排在第一位。'}有人取消时，按先后通知；轮到您时，名额只为您一家保留，最长 4 小时，晚上 9 点到早上 8 点不计时。随时可以退出。`,
  tooFull: '这个时段已约满，也来不及候补，或您的人数超过这个时段的全部名额。请选其他时段。',
  consentHint: '我们只保存孩子的出生年月、您的称呼和手机号，结束 90 天后删除。不同意也可以直接打电话预约。',
  consentHomeVisit: '我们只保存孩子的出生年月、社区、您的称呼和手机号，结束 90 天后删除。不同意也可以直接打电话预约。',
  noteLabel: { visit: '想提前告诉机构的话', care: '想提前告诉机构的话', class: '想提前告诉机构的话', homeVisit: '想提前告诉指导队的话' },
} as const;

/** What the last button says: what really happens when it is pressed. */
export const confirmButtonText = (kind: BookingKind, { waiting, hasCode }: { readonly waiting: boolean; readonly hasCode: boolean }): string => {
  if (waiting) return '确认候补';
  if (kind === 'care' && !hasCode) return '提交申请';
  return kind === 'class' ? '确认报名' : '确认预约';
};
