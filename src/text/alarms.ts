import type { Alarm } from '#domain/operation/alarms.ts';

/** What is wrong, and what to do about it. */
export type AlarmSaid = { readonly title: string; readonly what: string };

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
const hoursSaid = (minutes: number): string => (minutes < 120 ? `${String(minutes)} 分钟` : `${String(Math.floor(minutes / 60))} 小时`);

/** 告警 in words. */
export const alarmText = (alarm: Alarm): AlarmSaid => {
  switch (alarm.code) {
    case 'disk-closed': return { title: '磁盘快满了，已暂停接收', what: `只剩 ${gigabytes(alarm.free)}。家长现在不能预约、登记和提诉求，页面会请他们改用电话。请尽快清出空间，腾出后自动恢复。` };
    case 'disk-low': return { title: '磁盘空间不多了', what: `还剩 ${gigabytes(alarm.free)}，低于 0.2 GB 时会暂停接收。请提前清理或扩容。` };
    case 'outbox-stuck': return { title: '有通知迟迟没有发出', what: `最早的一条已经等了 ${hoursSaid(alarm.minutes)}。请检查邮件、短信设置和服务是否在运行。` };
    case 'outbox-dead': return { title: `${String(alarm.count)} 条通知没有送达`, what: '已经试过多次。请在“未送达的通知”里改用电话告知，或修好通道后重发。' };
    case 'backup-off': return { title: '没有在备份', what: '还没有设置备份公钥（BACKUP_RECIPIENT）。磁盘一旦损坏，记录就找不回来了。请运维人员尽快设置。' };
    case 'backup-failed': return { title: '上一次备份失败', what: '系统会继续重试。请运维人员查看日志和备份目录的空间。' };
    case 'backup-late': return { title: '备份没有按时完成', what: alarm.minutes === null ? '还没有任何一份备份。请运维人员查看日志。' : `最近一份已是 ${hoursSaid(alarm.minutes)}前的。请运维人员查看日志和备份目录。` };
    case 'calendar-missing': return { title: '缺少今年的节假日安排', what: '法定时限现在算不出来，只能显示“暂不可计算”；时段按平日安排。国务院办公厅公布后，请补上工作日历。' };
    case 'calendar-ending': return { title: '明年的节假日安排还没有', what: `工作日历只到 ${alarm.until ?? ''}。之后的时限会显示“暂不可计算”。公布后请补上。` };
    case 'clock-behind': return { title: '服务器时间可能慢了', what: `比最近一条操作记录还早 ${hoursSaid(alarm.minutes)}。时限和预约都靠这个时间，请运维人员校时。` };
  }
};

/** Words around the alarms. */
export const alarmPageText = { title: '需要处理的运行问题', urgent: '今天要处理', warning: '请留意' } as const;
