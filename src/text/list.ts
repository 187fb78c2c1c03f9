import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { IgnoredParameter } from '#domain/directory/readQuery.ts';
import { parameterFaultText } from '#text/directory.ts';

/** Words of the list and its filters. */
export const listText = {
  title: '找托育',
  description: '按月龄、服务方式、街道和空余托位找托育机构。',
  searchLabel: '搜机构名、街道、地址或拼音',
  searchPlaceholder: '机构名、街道或拼音',
  filters: '更多筛选',
  apply: '查看结果',
  clearAll: '清除全部',
  quick: '常用条件',
  sort: '排序',
  anyAge: '不限', anyTime: '不限', now: '现在', anyStreet: '街道、乡镇', anyAgeChip: '月龄',
  remove: '（点按取消）',
  emptyTitle: '没有完全符合的机构',
  emptyWhy: '可以试试放宽一个条件：',
  emptyAll: '清除全部条件，看所有机构',
  pastEnd: '这一页没有内容了。',
  firstPage: '回到第一页',
  ignoredTitle: '有的条件没有用上',
  ageHint: '按现在的月龄；还没出生选“孕期”。',
  startHint: '选了以后，月龄按那时算。',
  feeHint: '没有填报费用的机构不会列出。',
  freeHint: '只看 30 天内核对过、还有空位的。',
  endedLabel: '也看已停止或不在最近名录中的',
} as const;

/** What a field of the query is called on the page. */
export const fieldText = {
  q: '搜索文字', months: '孩子月龄', start: '计划入托时间', band: '班型', mode: '服务方式', kind: '机构类型', ownership: '办托主体', subdistrict: '街道（乡镇）', county: '县区',
  affordable: '有普惠托位', free: '有空余托位', weekend: '周末开放', holidays: '寒暑假开放', extended: '有延时服务', meals: '提供餐食', accepts: '可接收', openBefore: '最晚开门', closeAfter: '最早关门', maxFee: '每月费用不超过（元）',
  near: '位置', around: '起点', radius: '距离', sort: '排序', include: '范围', page: '页码', size: '每页数量',
} as const satisfies Record<Exclude<keyof DirectoryQuery, 'crs'>, string>;

const names: Readonly<Record<string, string>> = fieldText;

/** Why one condition of the address was passed over. */
export const ignoredText = ({ field, value, code }: IgnoredParameter): string => `${names[field] ?? field}“${value.slice(0, 20)}”：${parameterFaultText[code]}`;

/** 7 家符合; all of them when nothing was asked. */
export const countText = (total: number, isWhole: boolean): string => (isWhole ? `共 ${String(total)} 家在册机构` : `${String(total)} 家符合`);

/** Conditions as chips say them. */
export const conditionText = {
  start: (month: string): string => `${month}入托`,
  openBefore: (time: string): string => `${time} 前开门`,
  closeAfter: (time: string): string => `开到 ${time}`,
  maxFee: (yuan: number): string => `每月 ¥${String(yuan)} 以内`,
  radius: (metres: number): string => `${String(metres / 1000)} 公里内`,
} as const;
