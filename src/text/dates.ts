const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** 周日 of a day `YYYY-MM-DD`. */
export const weekdayText = (day: string): string => weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';

const numbersOf = (day: string): readonly [year: string, month: string, date: string] => {
  const [year = '', month = '', date = ''] = day.split('-');
  return [year, String(Number(month)), String(Number(date))];
};

/** 2026年11月22日. */
export const fullDayText = (day: string): string => {
  const [year, month, date] = numbersOf(day);
  return `${year}年${month}月${date}日`;
};

/** 11月22日, with its year where that is not this year. */
export const dayText = (day: string, today: string): string => {
  const [year, month, date] = numbersOf(day);
  return year === today.slice(0, 4) ? `${month}月${date}日` : `${year}年${month}月${date}日`;
};

/** 2026年3月. */
export const monthText = (month: string): string => `${month.slice(0, 4)}年${String(Number(month.slice(5, 7)))}月`;

/** 11月22日 周日, of an instant as the contract writes it. */
export const slotDayText = (startsAt: string): string => {
  const day = startsAt.slice(0, 10);
  const [, month, date] = numbersOf(day);
  return `${month}月${date}日 ${weekdayText(day)}`;
};

/** 10:30–11:00, of two instants as the contract writes them. */
export const slotTimeText = (startsAt: string, endsAt: string): string => `${startsAt.slice(11, 16)}–${endsAt.slice(11, 16)}`;

/** 11月22日 周日 10:30. */
export const slotStartText = (startsAt: string): string => `${slotDayText(startsAt)} ${startsAt.slice(11, 16)}`;
