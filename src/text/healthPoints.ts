import type { HealthPointKind } from '#domain/healthPoints/model.ts';
import type { OpenOn } from '#domain/healthPoints/rules.ts';

/** What kinds of health points are called. */
export const healthPointKindText = {
  vaccination: '接种门诊', childHealth: '儿保门诊', entryCheck: '入托体检点', postpartumMind: '产后和心理门诊', nursingRoom: '母婴室、爱心妈咪小屋',
} as const satisfies Record<HealthPointKind, string>;

/** What one goes there for. */
export const healthPointKindWhat = {
  vaccination: '给宝宝打疫苗、办接种证、补种。', childHealth: '量身长体重、做发育检查，有担心的也可以问。', entryCheck: '入托前的体检，和接种证查验。',
  postpartumMind: '妈妈产后检查；大人情绪不好、睡不好，也可以去。', nursingRoom: '在外面喂奶、换尿布的地方。',
} as const satisfies Record<HealthPointKind, string>;

/** Words of the page of health points. */
export const healthPointsText = {
  title: '接种、体检和母婴室',
  lede: '打疫苗、做检查、入托体检去哪里，今天开不开。',
  filters: '筛选', kind: '类型', anyKind: '全部类型', street: '街道（乡镇）', anyStreet: '全部街道', weekday: '星期几开', anyWeekday: '哪天都行', show: '查看', clear: '清除筛选',
  near: '按距离排列', nearOff: '不按距离', nearSaid: '离您近的排在前面。位置只精确到约 100 米，不会保存。', far: '没有位置信息', sections: '按类型看',
  address: '地址', phone: '电话', hours: '开放时间', services: '能办什么', maps: '地图', source: '来源', missing: '待主办单位填写',
  checkFirst: '节假日、停诊和号源可能有变化。去之前先打电话问一下。',
  sample: '示例', report: '报告信息有误',
  emptyTitle: '这里还没有填名单', emptyAsk: '本地的接种门诊、儿保门诊和体检点名单，还没有交给本站。您可以这样问到：',
  emptyWays: ['打疫苗、做检查：问住处附近的社区卫生服务中心或乡镇卫生院。', '入托体检：问要去的托育机构，在哪里做、要带什么。', '拿不准找谁：可以打 12345 政务热线。'],
  noMatchTitle: '没有符合的', noMatch: '可以换一个街道或星期，或者清除筛选再看。',
  plannedTitle: (year: number): string => `${String(year)} 年计划里的点`,
  plannedWhat: '下面写在当年的文件里。是否建成、现在是否开放，文件没有说。', plannedSeen: '看文件怎么写的', plannedUnit: '责任单位',
  others: '相关的', otherLinks: [['this-month/', '本月宝宝：该做的检查和疫苗'], ['guidance/vaccination-plan/', '疫苗什么时候打'], ['guidance/child-health-checks/', '儿童健康检查查什么'], ['guidance/materials-for-entry/', '入托要准备的材料'], ['guidance/carer-mood/', '大人的心情']],
  link: '接种、体检和母婴室在哪里', entryCheckLink: '看本地的入托体检点', childHealthLink: '看本地的儿保门诊',
} as const;

const weekdayNames = ['一', '二', '三', '四', '五', '六', '日'] as const;
/** 周一 for 1. */
export const weekdayText = (weekday: number): string => `周${weekdayNames[weekday - 1] ?? ''}`;

/** Whether a point is open on a day of the given weekday; `tone` for how it is shown. */
export const openText = (open: OpenOn, weekday: number): { readonly tone: 'leaf' | 'plain' | 'amber'; readonly said: string } => {
  const today = `今天（${weekdayText(weekday)}）`;
  if (open.kind === 'open') return { tone: 'leaf', said: `${today}开 ${open.times.map(({ opens, closes }) => `${opens}–${closes}`).join('，')}` };
  if (open.kind === 'closed') return { tone: 'plain', said: `${today}不开` };
  return { tone: 'amber', said: open.kind === 'unsure' ? '今天放假或调休，开不开请先打电话' : '今天开不开，请先打电话' };
};

/** 来源: the document, the day it was read, and the day the keeper of the list last checked the entry. */
export const pointSourceText = (title: string, readOn: string, confirmedOn: string | null): string => `${title}，${readOn} 读取${confirmedOn === null ? '；核实日期待主办单位填写' : `；${confirmedOn} 核实`}`;

/** How far away, in words. */
export const farText = (metres: number): string => (metres < 1000 ? `约 ${String(Math.max(100, Math.round(metres / 100) * 100))} 米` : `约 ${(metres / 1000).toFixed(1)} 公里`);

/** How many of a kind. */
export const countText = (count: number): string => `${String(count)} 个`;

/** Words of the pages on which a point is reported wrong, where they differ from those for institutions. */
export const pointReportText = {
  lede: '写下哪里不对，主管部门会收到，核对后更正。', whoSees: '谁会看到：您写的内容和电话，只有主管部门能看到。90 天后删除。',
  received: '主管部门会核对。改好以后，页面上会写明新的核实日期。', back: '回到名单', notFound: '没有找到这个点',
} as const;
