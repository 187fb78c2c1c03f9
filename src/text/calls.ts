/** 电话通知清单, at an institution's desk and in the office. */
export const callsText = {
  title: '电话通知', institutionLede: '没有短信通道时，请给这些家长打电话。最早该打的排在最前；两小时还没打通，街道和主管部门会接着打。',
  officeLede: '机构两小时内没有打通、或本来就该由这里打的。最早该打的排在最前。',
  none: '现在没有要打的电话', noneWhat: '有新的通知会自动排进来。',
  reached: (percent: number | null, told: number, all: number): string => (percent === null ? '最近 30 天没有要打的电话。' : `最近 30 天全区已通知 ${String(told)}／${String(all)}（${String(percent)}%）。`),
  open: '看号码和说明', openWhat: '看号码会记下时间和账号。', reason: '为什么看号码',
  dueAt: '该打时间', startsAt: '预约时间', reference: '编号', tries: (count: number): string => `已打 ${String(count)} 次`, courtesy: '家长在网上已看到，打不打都可以',
  call: (phone: string): string => `拨打 ${phone}`, say: '可以这样说', after: '打完记一下', back: '先不打，回到清单',
  done: { told: '已记下：通知到了。', notReached: '已记下：没有打通，稍后再试。', changed: '已记下：家长要改期，请到“预约”里改。' },
  causes: '按原因看通知到了多少', causesWhat: '最近 30 天全区，通知到得最少的排在最前。', causeColumns: ['为什么打', '已通知', '还没通知到', '比例'] as const, share: (percent: number): string => `${String(percent)}%`, noShare: '—',
  columns: ['通知', '机构', '该打时间'] as const,
} as const;

/** 未送达的通知. */
export const messagesText = {
  title: '未送达的通知', lede: '邮件或短信试过多次都没有送出。要打电话的已经排进“电话通知”；通道修好后可以重发。',
  none: '没有未送达的通知', noneWhat: '送不出去的会列在这里。', revive: '重发', revived: '已放回发送队列。', gone: '这一条已经重发过，或不在这里了。',
  failed: (attempts: number): string => `试过 ${String(attempts)} 次`, since: '停止时间', why: '原因',
} as const;

/** Why a channel gave up, by its short code; others are told as they are. */
export const faultText: Readonly<Record<string, string>> = { refused: '对方拒收', timeout: '等不到回应', unreachable: '连不上', 'bad-address': '地址不对', unknown: '原因不明' };

/** 参观反馈. */
export const signalsText = {
  title: '参观反馈', lede: '家长参观后私下回答的三个问题。只给监管用：不公开，不算评分，机构看不到。回答少时请谨慎使用。',
  period: (from: string, to: string): string => `${from}至${to}参观的`, none: '这段时间没有反馈', noneWhat: '家长在查询预约时可以回答，自愿。',
  columns: ['机构', '回答', '信息不符', '部分不符', '被要求当场缴费', '已入托'] as const, gone: '已不在名录里的机构', days: '看最近', show: '查看',
  ranges: { 30: '30 天', 90: '90 天', 365: '一年' },
} as const;

/** 需求汇总. */
export const demandTotalsText = {
  title: '托育需求汇总', lede: '按街道、孩子月龄和希望入托的月份。少于 5 的不显示；为了不让人倒推，相邻的数也可能一起不显示。',
  none: '还没有人登记需求', noneWhat: '家长登记后会汇总在这里。', whole: '全区合计', hidden: '少于 5', street: '街道（乡镇）', band: '月龄', month: '希望入托', count: '登记数', all: '合计',
} as const;
