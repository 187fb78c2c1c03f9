/** 资料新旧 in the office. */
export const freshnessText = {
  title: '资料新旧', what: '每个数据文件的来源日期、最近一次和来源核对的日期、距今几天。从没有写核对日期的排在最前。',
  columns: ['文件', '来源日期', '核对日期', '距今'] as const, days: (days: number): string => (days === 0 ? '今天' : `${String(days)} 天`), unknown: '没有写',
  stale: (count: number, days: number): string => `${String(count)} 个文件超过 ${String(days)} 天没有核对。`, none: (count: number): string => `${String(count)} 个文件没有写核对日期。`,
  how: '核对以后，把日期写进文件的 readOn，或写进同一辖区 sources.json 里对应的一条；运行 npm run data:check 可以看到同一张表。',
} as const;
