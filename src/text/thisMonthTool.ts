import type { DateRefusal } from '#domain/guidance/babyAge.ts';

/** 按日期算: words of the tool that runs on the device; kept apart so that nothing else travels with it. */
export const toolText = {
  title: '按日期算',
  promise: '日期只留在这台手机（电脑）上，不会发出去。',
  which: '填哪个日期',
  birth: '出生日期',
  due: '预产期',
  hint: '例如 20250308 或 2025-3-8',
  submit: '算一算',
  change: '改日期',
  forget: '从这台设备上删掉日期',
  forgotten: '日期已删掉。',
  notKept: '浏览器不让保存，日期只在这一页有效。',
  toMonth: '看这个月的内容',
  toExpecting: '看孕期要准备什么',
  older: '满 36 个月后，多数孩子该上幼儿园了。报名的时间和条件，请问当地教育部门。',
  checkup: '下一次健康检查',
  dose: '接下来的疫苗',
  none: '本页的安排已经到头了，后面的请问接种单位和儿保医生。',
  calendar: '把检查和疫苗放进日历',
  calendarHint: '日历文件在这台设备上生成，里面只有日期和项目，没有姓名。',
  calendarName: '宝宝的检查和疫苗',
  calendarNote: '日期按公开的程序推算，待官方核对。以接种单位和社区卫生服务中心的安排为准。',
  fileName: '检查和疫苗.ics',
  all: '全部日期',
  tableName: '检查和疫苗的日期',
  columns: ['日期', '项目', '最晚'],
  passed: '（已到）',
  noLimit: '—',
} as const;

/** Why a date cannot be used: what happened and what to do. */
export const dateRefusalText = {
  'blank': '还没有填日期。请填年、月、日，例如 20250308。',
  'unreadable': '没有看懂这个日期。请按年、月、日填，例如 20250308。',
  'no-such-day': '日历上没有这一天。请核对月和日。',
  'future': '这一天还没有到。宝宝没出生的话，请选“预产期”。',
  'too-long-ago': '这是十年以前了。本页讲到满 36 个月，请核对年份。',
  'due-passed': '预产期已过去一个多月。宝宝出生了的话，请选“出生日期”。',
  'due-too-far': '预产期离今天太远了。请核对年份。',
} as const satisfies Record<DateRefusal, string>;

/** 宝宝今天满 7 个月零 3 天. */
export const exactAgeText = (months: number, days: number): string => (days === 0 ? `宝宝今天满\u00a0${String(months)}\u00a0个月整` : `宝宝今天满\u00a0${String(months)}\u00a0个月零\u00a0${String(days)}\u00a0天`);

/** How long until the expected day, or since it. */
export const dueText = (days: number): string => (days > 0 ? `离预产期还有\u00a0${String(days)}\u00a0天` : days === 0 ? '今天就是预产期' : `预产期已过\u00a0${String(-days)}\u00a0天`);

/** 2026年11月22日. */
export const plainDay = (day: string): string => `${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8, 10)))}日`;

/** 乙肝疫苗 第 2 剂; a visit has its name. */
export const stepText = (name: string, dose: number | null): string => (dose === null ? name : `${name} 第\u00a0${String(dose)}\u00a0剂`);

/** Until when a dose should be done. */
export const beforeText = (day: string | null): string => (day === null ? toolText.noLimit : `${plainDay(day)}前`);

/** 2026年11月22日起. */
export const fromText = (day: string): string => `${plainDay(day)}起`;
