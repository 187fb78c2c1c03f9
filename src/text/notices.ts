import type { BookingNoticeKind, BookingSubject, CallReason, CallRefusal, CallResult, CallState, NoticeContact, NoticeKind, NoticeSubject, OfficeNoticeKind } from '#domain/notices/model.ts';
import { bookingKindText, staffReasonText } from '#text/booking.ts';

/** Most characters of one short message, signature included: a longer one is split and costs twice. */
export const longestSms = 70;
const signature = '【托育服务】';

const two = (value: number): string => String(value).padStart(2, '0');
const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const;
/** 11月23日周一10:00, Asia/Shanghai; an instant in UTC milliseconds. */
const shortTime = (at: number): string => {
  const day = new Date(at + 8 * 3_600_000); // Asia/Shanghai keeps UTC+8
  return `${day.getUTCMonth() + 1}月${day.getUTCDate()}日周${weekdays[day.getUTCDay()] ?? ''}${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
};
/** The same with its year, to be read in a mail or aloud. */
const fullTime = (at: number): string => `${new Date(at + 8 * 3_600_000).getUTCFullYear()}年${shortTime(at)}`;

/** What a booking is called in a sentence; a name of its own may be long, so a message leaves it out. */
const what = ({ bookingKind }: BookingSubject): string => (bookingKind === 'care' ? '托育时段' : bookingKindText[bookingKind]);

const smsBodies = {
  'booking-made': (host, at, kind) => `${host}${at}${kind}已约好。请凭预约号查看，预约免费。`,
  'booking-requested': (host, at, kind) => `${host}${at}${kind}已提交，等对方确认后再告诉您。`,
  'booking-confirmed': (host, at, kind) => `${host}已确认${at}${kind}。请按时到，预约免费。`,
  'booking-declined': (host, at, kind) => `${host}未能安排${at}${kind}，可另选时段。`,
  'booking-cancelled': (host, at, kind) => `${host}${at}${kind}已按您的要求取消。`,
  'booking-cancelled-by-institution': (host, at, kind) => `${host}取消了${at}${kind}，请不要前往，可另选时段。`,
  'booking-rescheduled': (host, at, kind) => `${host}${kind}已改到${at}，请按新时间到。`,
  'waiting-joined': (host, at, kind) => `${host}${at}${kind}已登记候补，有空位会告诉您。`,
  'offer-made': (host, at, kind, until) => `${host}${at}${kind}有空位，请在${until}前凭预约号确认。`,
  'offer-expired': (host, at, kind) => `${host}${at}${kind}候补保留时间已过，可另选时段。`,
  'waiting-ended': (host, at, kind) => `${host}${at}${kind}没有等到空位，可另选时段。`,
  'code-reissued': (host) => `您在${host}的查询码已电话补发；若不是您要求的，请联系对方。`,
  'institution-suspended': (host, at, kind) => `${host}已暂停，您${at}${kind}能否进行请先电话问清再去。`,
  'institution-closed': (host, at, kind) => `${host}已停止办托，${at}${kind}已取消，请不要前往。预付款没退可打12315。`,
  reminder: (host, at, kind) => `提醒：${at}${host}${kind}。不能来请凭预约号取消。`,
} satisfies Record<BookingNoticeKind, (host: string, at: string, kind: string, until: string) => string>;

/** A name that fits into what is left of a message; shortened with … where it must be. */
const fitted = (write: (host: string) => string, name: string): string => {
  const whole = `${signature}${write(name)}`;
  const over = [...whole].length - longestSms;
  return over <= 0 ? whole : `${signature}${write(`${[...name].slice(0, Math.max(1, [...name].length - over - 1)).join('')}…`)}`;
};

const bookingKindOf = (kind: NoticeKind): BookingNoticeKind | undefined =>
  (kind === 'demand-free-place' || kind === 'demand-institution-closed' || kind === 'correction-reported-institution' || kind === 'correction-reported-regulator' || kind === 'desk-booking' || kind === 'free-places-due' || kind === 'listing-decided' ? undefined : kind);

/** 短信: at most 70 characters with its signature, nothing of a child, no link. Undefined for what is never sent to a phone. */
export function smsText(kind: NoticeKind, subject: NoticeSubject): string | undefined {
  if (subject.about === 'demand' && subject.hasEnded) return fitted((host) => `您登记想去的${host}已停止办托、备案已注销，请凭登记号看看别处的空位。`, subject.host.name);
  if (subject.about === 'demand') return fitted((host) => `${host}有您登记的合适空位，以机构确认为准，可先电话联系。`, subject.host.name);
  const key = bookingKindOf(kind);
  if (subject.about !== 'booking' || key === undefined) return undefined;
  return fitted((host) => smsBodies[key](host, shortTime(subject.startsAt), what(subject), subject.offerEndsAt === null ? '' : shortTime(subject.offerEndsAt)), subject.host.name);
}

const spoken = {
  'booking-made': (at, kind) => `您预约的${at}的${kind}已经约好了。`,
  'booking-requested': (at, kind) => `您申请的${at}的${kind}我们已经收到，确认后会再告诉您。`,
  'booking-confirmed': (at, kind) => `您申请的${at}的${kind}已经确认，请按时过来。`,
  'booking-declined': (at, kind) => `很抱歉，您申请的${at}的${kind}没能安排上，您可以另选一个时段。`,
  'booking-cancelled': (at, kind) => `您的${at}的${kind}已经按您的要求取消了。`,
  'booking-cancelled-by-institution': (at, kind) => `很抱歉，${at}的${kind}取消了，请不要过来，您可以另选一个时段。`,
  'booking-rescheduled': (at, kind) => `您的${kind}已经改到${at}，请按新时间过来。`,
  'waiting-joined': (at, kind) => `您已登记${at}的${kind}候补，有空位会再告诉您。`,
  'offer-made': (at, kind, until) => `${at}的${kind}有空位了，为您保留到${until}，请在这之前凭预约号在网上确认，或者现在告诉我是否要来。`,
  'offer-expired': (at, kind) => `${at}的${kind}候补名额保留时间已过，您可以另选时段。`,
  'waiting-ended': (at, kind) => `${at}的${kind}没有等到空位，您可以另选时段。`,
  'code-reissued': () => '您的查询码刚才由工作人员在电话里补发了；如果不是您要求的，请现在告诉我。',
  'institution-suspended': (at, kind) => `主管部门已暂停展示这家机构，您约的${at}的${kind}还没有取消，能不能进行，请先和机构问清楚再过去；也可以凭预约号在网上取消。`,
  'institution-closed': (at, kind) => `这家机构已经停止办托，备案已注销，您约的${at}的${kind}取消了，请不要过来。这不算您失约。`,
  reminder: (at, kind) => `提醒您，约好的${kind}在${at}。如果来不了，可以现在告诉我，或凭预约号在网上取消。`,
} satisfies Record<BookingNoticeKind, (at: string, kind: string, until: string) => string>;

/** What a family of a closed institution may need next: fees paid in advance, another place. */
const closedScript = ['如果有预付的钱没有退，请先收好协议、付款记录和聊天截图。', '可以在本站“提诉求”里的“机构关门、联系不上、预付的钱没退”写下来，也可以拨打 12315。', '还要找地方的话，打开这家机构的页面，下面列着附近备案的机构和空位。'] as const;

/** 通话稿: what to read aloud, line by line. It asks for nothing but whether this is the right person. */
export function callScript(kind: NoticeKind, subject: NoticeSubject, contact: Pick<NoticeContact, 'contactName'>): readonly string[] {
  const hello = `您好，请问是${contact.contactName ?? '登记这个号码的家长'}吗？这里是${subject.host.name}的预约通知。`;
  const end = '预约免费，我们不会让您转账，也不会问孩子的姓名和证件号。';
  if (subject.about === 'report') return [`您好，请问是${subject.host.name}吗？`, '有家长反映贵机构在网站上的信息可能有误，请登录机构工作台核对，或请所在街道代为更正。', `反映编号：${subject.reference}。`];
  if (subject.about === 'places') return [`您好，请问是${subject.host.name}吗？`, '贵机构的空余托位有一阵没有核对了，请登录机构工作台的“空位”，没有变就按“仍然准确”。'];
  if (subject.about === 'listing') return [`您好，请问是${subject.host.name}吗？`, subject.isWhole ? '贵机构提交的展示信息已经审核通过，公开页已更新。' : '贵机构提交的展示信息有几处要修改，请登录机构工作台的“展示信息”看原因。'];
  if (subject.about === 'demand' && subject.hasEnded) {
    return ['您好，这里是托育服务的通知。', `您登记托育需求时选了${subject.host.name}，这家机构已经停止办托，备案已注销。`, '您的登记还在，可以凭登记号在本站看看别的备案机构有没有合适的空位。', '如果您已经向这家机构交了钱，请先收好协议和付款记录，可以在本站“提诉求”里写下来，也可以拨打 12315。', `您的登记号是${subject.reference}。不再需要的话，可以凭登记号撤回。`, end];
  }
  if (subject.about === 'demand') {
    return ['您好，这里是托育服务的空位通知。', `您登记的托育需求，${subject.host.name}现在可能有合适的空位，空余托位以机构确认为准。`, `您的登记号是${subject.reference}。不再需要的话，可以凭登记号撤回。`, end];
  }
  const key = bookingKindOf(kind);
  const said = key === undefined ? '' : spoken[key](fullTime(subject.startsAt), what(subject), subject.offerEndsAt === null ? '' : fullTime(subject.offerEndsAt));
  const why = subject.reason === null ? [] : [`原因：${staffReasonText[subject.reason]}。`];
  return [hello, said, ...why, ...(kind === 'institution-closed' ? closedScript : []), `预约号是${subject.reference}。`, end];
}

const deskHeads = {
  'booking-made': '新的预约', 'booking-requested': '有预约等您确认', 'booking-confirmed': '预约已确认', 'booking-declined': '预约未能安排', 'booking-cancelled': '家长取消了预约',
  'booking-cancelled-by-institution': '预约已取消', 'booking-rescheduled': '预约改期', 'waiting-joined': '新的候补', 'offer-made': '已通知候补家长', 'offer-expired': '候补保留已过', 'waiting-ended': '候补结束',
  'code-reissued': '查询码已补发', reminder: '预约提醒', 'institution-suspended': '机构已暂停，已通知家长', 'institution-closed': '备案已注销，预约已全部取消，已通知家长',
} satisfies Record<BookingNoticeKind, string>;

/** 邮件 to an institution about a booking: when and which, never who. */
export const deskMail = (of: BookingNoticeKind, subject: BookingSubject): { readonly subject: string; readonly text: string } => ({
  subject: `${deskHeads[of]}：${what(subject)} ${shortTime(subject.startsAt)}`,
  text: [`${subject.host.name}：`, '', `${deskHeads[of]}。`, `类型：${bookingKindText[subject.bookingKind]}`, `时间：${fullTime(subject.startsAt)}`, `预约号：${subject.reference}`, '', '家长的称呼和电话请登录机构工作台查看；邮件里不写家长和孩子的信息。', ''].join('\n'),
});

/** 邮件 to an institution or an office about wrong information; what was written stays sealed. */
export const reportMail = (subject: { readonly reference: string; readonly host: { readonly name: string } }): { readonly subject: string; readonly text: string } => ({
  subject: `信息有误的反映 ${subject.reference}`,
  text: [`有家长反映“${subject.host.name}”在网站上的信息可能有误。`, `编号：${subject.reference}`, '', '请登录后查看内容并核对；邮件里不写反映的原文和联系电话。', ''].join('\n'),
});

/** 邮件 to an institution whose free places were not confirmed for a month. */
export const placesMail = ({ host }: { readonly host: { readonly name: string } }): { readonly subject: string; readonly text: string } => ({
  subject: '请核对本月空位',
  text: [`${host.name}：`, '', '贵机构的空余托位有一阵没有核对了，满 30 天公开页就不再显示数字。', '请登录机构工作台，打开“空位”；没有变就按“仍然准确”，不用重填。', ''].join('\n'),
});

/** 邮件 to an institution whose page was reviewed; why it came back stands at the desk alone. */
export const listingMail = ({ host, isWhole }: { readonly host: { readonly name: string }; readonly isWhole: boolean }): { readonly subject: string; readonly text: string } => ({
  subject: isWhole ? '展示信息已审核通过' : '展示信息需要修改',
  text: [`${host.name}：`, '', ...(isWhole ? ['贵机构提交的展示信息已审核通过，公开页已更新。'] : ['贵机构提交的展示信息有几处要修改。', '请登录机构工作台，打开“展示信息”看原因，改好后再提交。']), ''].join('\n'),
});

/** What a calendar entry is called. */
export const calendarText = {
  title: (subject: Pick<BookingSubject, 'bookingKind' | 'title'>, host: string): string => `${subject.title ?? bookingKindText[subject.bookingKind]}：${host}`,
  note: '预约不代表取得托位。本站预约免费，不代收任何费用。',
} as const;

/** 通知 by kind, for lists. */
export const noticeKindText = {
  ...deskHeads, 'booking-made': '预约成功', 'booking-requested': '预约已提交', 'booking-cancelled': '已按家长要求取消', 'booking-cancelled-by-institution': '机构取消，请家长不要前往', 'offer-made': '有空位，请家长确认', 'institution-suspended': '机构已暂停，请家长先问清再去', 'institution-closed': '机构停止办托，请家长不要前往',
  'demand-free-place': '有合适空位', 'demand-institution-closed': '登记想去的机构停止办托', 'correction-reported-institution': '信息有误，请机构核对', 'correction-reported-regulator': '信息有误的反映', 'desk-booking': '预约邮件', 'free-places-due': '请机构核对空位', 'listing-decided': '展示信息审核结果',
} satisfies Record<NoticeKind, string>;

/** 电话清单 in words. */
export const callStateText = { open: '待通知', told: '已通知', notReached: '未接', changed: '改期', void: '不用再通知' } satisfies Record<CallState, string>;
export const callResultText = { told: '已通知', notReached: '未接', changed: '家长要改期' } satisfies Record<CallResult, string>;
export const callReasonText = { notify: '按清单通知', callBack: '家长要求回电', checkDetails: '核对预约' } satisfies Record<CallReason, string>;
/** Why a row of the list cannot be worked on. */
export const callRefusalText = {
  'not-found': '没有找到这条通知，可能已由别的账号处理。', 'not-yours': '这条通知不归您处理。', 'not-yet': '机构还在通知中，到时间后转给街道和主管部门。',
  'no-longer-needed': '预约已有变化或已通知过，不用再打电话。', 'changed-meanwhile': '这条通知刚被别人处理过，请刷新后再看。',
} satisfies Record<CallRefusal, string>;

const officeLines = {
  'complaint-received': '有一件新的群众来件等待确认。',
  'complaint-words': '有一件正在办理的群众来件有新的留言。',
} as const satisfies Record<OfficeNoticeKind, string>;
/** Mail to an office: that there is something to read, nothing of what it is or about whom. */
export const officeMail = (kind: OfficeNoticeKind): { readonly subject: string; readonly text: string } => ({
  subject: officeLines[kind].replace(/。$/, ''), text: `${officeLines[kind]}\n请登录办公室，在“办件”里查看。为保护当事人，邮件里不写内容和编号。\n`,
});
