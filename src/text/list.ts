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
  emptyWhy: '可以试试放宽条件：',
  emptyAll: '清除全部条件，看所有机构',
  pastEnd: '这一页没有内容了。',
  firstPage: '回到第一页',
  ignoredTitle: '有的条件没有用上',
  ageHint: '按现在的月龄；还没出生选“孕期”。',
  startHint: '选了以后，月龄按那时算。',
  feeHint: '没有填报费用的机构不会列出。',
  firstLegend: '托位', timesLegend: '周末、假期与延时', timesHint: '没有填报的机构不会列出。',
  careLegend: '供餐',
  acceptsHint: '没有填报不等于不接收：这样的机构也会列出，排在后面，请先电话问清楚。',
  anyFee: '不限', awaiting: '待主办单位填写',
  conditions: '查找条件',
  tellMeTitle: '想等这里有空位？',
  tellMeWhy: '登记入托需求，有合适的空位时提醒你。登记不等于报名，也不占托位。',
  tellMe: '有空位告诉我',
  showKindergarten: '看幼儿园托班', chooseStart: '选计划入托时间',
  freeHint: '只看 30 天内核对过、还有空位的。',
  endedLabel: '也看已停止或不在最近名录中的',
} as const;

/** What a field of the query is called on the page. */
export const fieldText = {
  q: '搜索文字', months: '孩子月龄', start: '计划入托时间', band: '班型', mode: '服务方式', kind: '机构类型', ownership: '办托主体', subdistrict: '街道（乡镇）', county: '县区',
  affordable: '有普惠托位', free: '有空余托位', weekend: '周末开放', holidays: '寒暑假开放', extended: '有延时服务', meals: '提供餐食', accepts: '可接收', openBefore: '最晚开门', closeAfter: '最早关门', maxFee: '每月全部费用',
  near: '位置', around: '起点', radius: '距离', sort: '排序', include: '范围', page: '页码', size: '每页数量',
} as const satisfies Record<Exclude<keyof DirectoryQuery, 'crs'>, string>;

/** 列表页的题目, with how many were found: said when the page opens. */
export const listTitle = (count: string): string => `${listText.title} · ${count}`;

/** 18 个月（12 家）: an option with what it would leave. */
export const countedOption = (label: string, count: number): string => `${label}（${String(count)} 家）`;

/** Of those counted, how many say yes to taking such a child. */
export const acceptsSaidText = (said: number, count: number): string => {
  if (count === 0) return '';
  return said === count ? '都填报可接收' : `${String(said)} 家填报可接收，${String(count - said)} 家未填报`;
};

/** What the list says when families asked for 可接收. */
export const acceptsNote = (said: number, total: number): string =>
  `其中 ${String(said)} 家填报可接收，${String(total - said)} 家未填报。未填报不等于不接收；请带上医生的意见，先电话问清楚。`;

/** 家庭帮助: where a family turns with a child under six months. */
export const homeHelpText = {
  guidance: '入户指导', childHealth: '儿童保健', visits: '约入户指导', activities: '看父母课堂和亲子活动',
  childHealthWhere: '居住地的社区卫生服务中心或乡镇卫生院：建健康档案，满 3、6、8、12 个月有健康检查（国家基本公共卫生服务）',
  phoneOf: (name: string, phone: string | null): string => `${name}（电话：${phone ?? '待主办单位填写'}）`,
} as const;

const names: Readonly<Record<string, string>> = fieldText;

/** Why one condition of the address was passed over. */
export const ignoredText = ({ field, value, code }: IgnoredParameter): string => `${names[field] ?? field}“${value.slice(0, 20)}”：${parameterFaultText[code]}`;

/** 7 家符合; all of them when nothing was asked. */
export const countText = (total: number, isWhole: boolean): string => (isWhole ? `共 ${String(total)} 家在册机构` : `${String(total)} 家符合`);

const yuanFormat = new Intl.NumberFormat('zh-CN');

/** Conditions as chips say them. */
export const conditionText = {
  start: (month: string): string => `${month}入托`,
  openBefore: (time: string): string => `${time} 前开门`,
  closeAfter: (time: string): string => `开到 ${time}`,
  maxFee: (yuan: number): string => `每月 ¥${yuanFormat.format(yuan)} 以内`,
  radius: (metres: number): string => `${String(metres / 1000)} 公里内`,
} as const;
