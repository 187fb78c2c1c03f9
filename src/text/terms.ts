/** 预约规则: of an institution, and of a whole place. */
export const termsText = {
  title: '预约规则', portalLede: '改了以后，对之后的预约生效；已经约好的不变。', officeLede: '没有自己规则的机构按这里办。改了以后，对之后的预约生效；已经约好的不变。',
  kinds: '哪一种预约', notOwn: '现在按全区规则或常用规则。保存后就是本机构自己的规则。', notSet: '现在按常用规则。',
  opensDaysAhead: '提前几天开放', opensDaysAheadHint: '1 至 92 天', opensAt: '当天几点开放', opensAtHint: '例如 08:00',
  closesHoursBefore: '开始前几小时截止预约', cancelHoursBefore: '开始前几小时截止取消', hoursHint: '0 至 168 小时',
  confirmation: '怎样确认', instant: '约上就算确认', onRequest: '由机构答复后确认', careHint: '没有建档码的计时托总是先申请、后确认。',
  monthlyHours: '每个孩子每月最多几小时', monthlyHoursHint: '不填就是不限',
  waitingList: '约满后可以候补', save: '保存规则', saved: '规则已保存。', changed: ({ opensDaysAhead, opensAt, closesHoursBefore, cancelHoursBefore }: { readonly opensDaysAhead: number; readonly opensAt: string; readonly closesHoursBefore: number; readonly cancelHoursBefore: number }): string =>
    `规则刚被别人改过：现在是提前 ${String(opensDaysAhead)} 天 ${opensAt} 开放，开始前 ${String(closesHoursBefore)} 小时截止预约、${String(cancelHoursBefore)} 小时截止取消。您填的还在下面，没有保存；再按一次保存，就改成您填的。`,
  faults: {
    opensDaysAhead: '提前天数请填 1 至 92 的整数', opensAt: '开放时间请写成 08:00 这样', closesHoursBefore: '截止预约请填 0 至 168 的整数', cancelHoursBefore: '截止取消请填 0 至 168 的整数',
    confirmation: '请选择怎样确认', monthlyHours: '每月小时数请填 1 至 400 的整数，或不填', waitingList: '候补只用于计时托和父母课堂', version: '请重新打开这一页再改',
  },
} as const;
