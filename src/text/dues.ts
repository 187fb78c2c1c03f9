/** Words of what waits, on the start pages of portal and office. */
export const dueText = {
  title: '今天要办的', none: '现在没有到期或等待办理的事项。', rest: '其他事项', byStreet: '按街道（乡镇）', byStreetWhat: '最早的排在最前，打开可以看到这个街道的每一件。', noStreet: '没有街道记录的',
  count: (count: number): string => `${String(count)} 件`, late: (count: number): string => `逾期 ${String(count)} 件`, since: (day: string): string => `最早从${day}等到现在`, dueBy: (day: string): string => `最早${day}到期`, dueToday: '最早的今天到期', overdue: (day: string): string => `最早${day}到期，已过`,
  oldest: (day: string): string => `最早 ${day}`, part: (title: string, count: number): string => `${title} ${String(count)}`, noDay: '没有日期', rowSince: (day: string): string => `从${day}起`, rowDue: (day: string): string => `${day}到期`, rowOver: (day: string): string => `${day}到期，已过`, streetWhat: '这个街道所有等待办理的事项，最早的在最前。', more: (most: number): string => `只列出最早的 ${String(most)} 件。`, back: '回到全部事项',
  floods: '集中投诉', floodsWhat: '一天里同一机构收到很多投诉，先看是不是同一件事', floodOf: (name: string, count: number): string => `${name}（${String(count)} 件）`, cases: '投诉办理', casesWhat: '最先到期的先办：受理、转办、答复、回访', seconds: '等第二个人复核', secondsWhat: '别人录入的停止、恢复和新备案，一个工作日内复核', clocks: '备案回执时限', clocksWhat: '已提交备案的，按工作日计算',
  registrations: '登记推送待处理', registrationsWhat: '已登记未备案、两样都没有、注销仍在名录的', calls: '电话通知', callsWhat: '没有通过短信通知到的家长，要打电话', counts: '在托人数', countsWhat: '还没有报上月在托人数的机构',
  freePlaces: '空位没有核对', freePlacesWhat: '超过 30 天没有核对，公开页已不显示数字；可打电话提醒', recognitions: '普惠认定快到期', recognitionsWhat: '六十天内到期的普惠认定，请续期或终止', imports: '名录导入', importsWhat: '已上传、等待核对差异并确认的名录', messages: '未送达的通知', messagesWhat: '试过多次没有送出的邮件和短信', letters: '主管部门来函', lettersWhat: '主管部门转来的事情，请作出说明',
  requests: '预约申请待答复', requestsWhat: '家长在等您的答复，最早的参观排在最前', ownPlacesWhat: '核对空余托位，没有变就按“仍然准确”', ownCountsWhat: '上月末在托人数，一分钟',
} as const;

/** Columns of what waits, one by one. */
export const dueColumns = { name: '哪一件', queue: '事项', street: '街道（乡镇）', when: '时间' } as const;
