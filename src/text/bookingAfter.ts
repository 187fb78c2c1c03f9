import type { BookingKind, StaffReason } from '#domain/booking/model.ts';
import { enrolmentStandingText, staffReasonText } from '#text/booking.ts';

const because = (reason: StaffReason | undefined): string => (reason === undefined ? '' : `原因：${staffReasonText[reason]}。`);

/** What a parent is told of a booking's state: what it means and what comes next. */
export const stateLines = {
  confirmed: {
    visit: '参观预约不代表取得托位，空余托位以机构确认为准。', care: '请按时送到、按时来接。这是一次照护的约定，不代表取得托位。', class: '一家占一个名额，请按时到。', homeVisit: '指导队会先打电话给您，约定门牌和具体时间。',
  } satisfies Record<BookingKind, string>,
  requested: {
    visit: '时间已经给您留着，等机构确认。确认后会通知您留的手机号，也可以随时回来看。', care: '名额已经给您留着。请备好下面的材料，先和机构约好哪天去建档；机构看过材料后确认，会通知您留的手机号。',
    class: '名额已经给您留着，等主办机构确认。确认后会通知您留的手机号，也可以随时回来看。', homeVisit: '时间已经给您留着，等指导队确认。确认后会通知您留的手机号，也可以随时回来看。',
  } satisfies Record<BookingKind, string>,
  waiting: (position: number | undefined): string => `${position === undefined ? '您已在候补名单里。' : `您排在第 ${String(position)} 位。`}有人取消时按先后通知，轮到您时会通知您留的手机号，也可以随时回来看。`,
  waitingRule: '轮到您时，名额只为您一家保留，最长 4 小时，晚上 9 点到早上 8 点不计时。到时没有确认，就轮到下一家。',
  offered: (until: string): string => `轮到您了，名额为您保留到 ${until}。到时没有确认，就轮到下一家。`,
  declined: (reason: StaffReason | undefined): string => `这次没能安排上。${because(reason)}您可以另选时段，或打电话问一问。`,
  cancelledByHost: (reason: StaffReason | undefined): string => `对方取消了这次预约，请不要前往。${because(reason)}这不算您失约，您可以另选时段。`,
  cancelledByParent: '已经按您的要求取消，不用再来。时段已让给别的家庭，谢谢您。',
  cancelledOtherwise: '这次预约已经取消，请不要前往。',
  expired: '没有等到空位，或者保留的时间已经过了。您可以另选时段。',
  attended: '已经登记到场。', noShow: '登记为没有到场。如果不对，请打电话请对方更正。', turnedAway: '当天晨检没有通过，没有入园。这不算失约，不影响以后预约。',
} as const;

/** 建档码 on a receipt. */
export const enrolmentLine = enrolmentStandingText;

/** Words of the receipt and of the page that finds, moves and cancels. */
export const afterText = {
  receiptTrail: '预约回执', noReceipt: '这里暂时没有可显示的预约', noReceiptWhat: '回执只在预约成功后的十分钟内、在同一台设备上显示。请用预约号和查询码查看预约。', seeBooking: '查看预约',
  calendar: '加入手机日历', calendarLeave: '从手机日历中取消', calendarLeaveWhat: '之前加入过手机日历的，打开这个文件，日历里的这项安排会标为取消。', change: '查看、改期或取消', ages: '孩子的月龄', cannotCome: '来不了怎么办', leaveTitle: '不想等了', firstTime: '建档要带的材料',
  cannotComeWhat: (until: string): string => `请在${until}前，到“预约查询”输入预约号和查询码，改期或取消，把名额留给别的家庭。`,
  leaveQueue: '不想等了，随时可以到“预约查询”输入预约号和查询码，退出候补。', lostCode: '查询码找不回来时，可以直接打电话。',
  antiFraud: '本站预约免费，不代收任何费用；请勿向个人账户转账。', callHost: '有事打电话', phoneMissing: { institution: '机构未填报电话', team: '核实电话：待主办单位填写' },
  find: '预约查询', yours: '您的预约', reference: '预约号', referenceHint: '以 Y- 开头，大小写都可以。', queryCode: '查询码', queryCodeHint: '16 位数字，空格可有可无。', codeOnce: '查询码只在预约成功时显示一次。找不到时，请直接打电话给机构，说明时间和您的称呼；机构核对后可以在电话里补发。',
  state: '状态', position: '候补位置', positionOf: (position: number): string => `第 ${String(position)} 位`, heldUntil: '保留到', history: '经过', back: '回到找托育',
  accept: '接受这个名额', giveUp: '放弃，让给下一家', accepted: '名额归您了', acceptedWhat: '请看下面的状态和要做的事。', move: '改期', cancelUntil: (until: string): string => `可以在${until}前改期或取消。`, tooLate: '已过可以改期和取消的时间，来不了请直接打电话说明。',
  moveTitle: '改到什么时候？', moveLede: '选好新时间，下一页核对。现在的预约先不动。', newTime: '新的时间', next: '继续', keepOld: '先不改了', moveNone: '现在没有别的时间可以改。可以先保留这次预约，或打电话商量。', pickTime: '请选择一个新的时间。',
  checkMove: '核对改期', from: '现在的时间', to: '改到', moveWhat: '确认后，原来的时间让给别的家庭，预约号和查询码不变。', moveQueued: '确认后，您退出现在的候补，改到新的时间；预约号和查询码不变。', confirmMove: '确认改期', otherTime: '换个时间', moved: '已经改好', movedWhat: '预约号和查询码不变。', notMoved: '没有改成，原来的预约还在', over: '这个预约已经不能改了', overWhat: '它可能已在另一个页面取消，或已经结束。现在的状态见下面。', notDone: '没有办成',
  cancel: { confirmed: '取消预约', requested: '撤回申请', waiting: '退出候补', offered: '放弃，让给下一家' }, cancelAsk: { confirmed: '取消这个预约吗？', requested: '撤回这个申请吗？', waiting: '退出候补吗？', offered: '放弃这个名额吗？' }, cancelYes: '确认取消', cancelNo: '先不取消', cancelled: '预约已取消', cancelledWhat: '时段已经空出来，其他家庭可以预约。谢谢您。', notCancelled: '没有取消', cancelLate: '已过可取消的时间，请直接联系机构说明。',
} as const;

/** 参观后的三个问题: asked once, for the regulator alone. */
export const visitQuestions = {
  title: '参观过了，有三个小问题', who: '回答只给当地主管部门看，用来核对机构信息；机构看不到，网站也不公开、不打分。可以不答，只能回答一次。',
  fields: [
    { name: 'infoMatched', label: '现场和网站公示的信息相符吗？', options: [{ value: 'yes', label: '相符' }, { value: 'partly', label: '有些不符' }, { value: 'no', label: '不符' }], error: '请选一个：现场和公示的信息相符吗？' },
    { name: 'askedToPay', label: '有没有被要求当场缴费？', options: [{ value: 'no', label: '没有' }, { value: 'yes', label: '有' }], error: '请选一个：有没有被要求当场缴费？' },
    { name: 'enrolled', label: '决定在这里入托吗？', options: [{ value: 'yes', label: '决定了' }, { value: 'undecided', label: '还没想好' }, { value: 'no', label: '不在这里' }], error: '请选一个：决定在这里入托吗？' },
  ],
  send: '交给主管部门', thanks: '谢谢，已经交给主管部门', received: '已收到您的反馈', thanksWhat: '这三个回答不公开，机构也看不到。', notTaken: '没有收下',
} as const;
