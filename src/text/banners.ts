import type { BannerKind } from '#domain/banners/model.ts';

/** 公告种类 in words. */
export const bannerKindText = { outbreak: '传染病提醒', closure: '停课闭园', weather: '天气预警', other: '公告' } as const satisfies Record<BannerKind, string>;

/** Words of the office's page for 公告 and of what it lays over every page. */
export const bannersText = {
  title: '紧急公告', lede: '写好后，本地区每个页面顶上一分钟内都能看到；到了结束时间自己消失。',
  incident: '全站公告和暂停受理', incidentLede: '这里的公告会出现在所有地区的每个页面。系统出故障或者维护时，可以暂停受理：家长还能查看，不能提交。',
  standing: '现在挂着的公告', none: '现在没有公告。', past: '最近结束的', write: '写一条公告',
  kind: '种类', words: '内容', wordsHint: '8 到 120 个字，一两句话：什么事、影响哪里、家长该做什么。不要写个人的手机号和身份证号', link: '详情网址', linkHint: '本站的网址以 / 开头，外站以 https:// 开头',
  untilDay: '结束日期', untilTime: '结束时间', untilTimeHint: '例如 18:00', publish: '发布公告', end: '现在撤下', label: '公告', more: '详情',
  until: (day: string, time: string) => `有效至 ${day} ${time}`,
  done: { published: '已发布，各页面一分钟内都会显示。', ended: '已撤下。', closed: '已暂停受理。家长还能查看，不能提交。', opened: '已恢复受理。' },
  changed: '这条公告刚才已经结束，或者别人已经撤下。',
  faults: { kind: '选一个种类。', words: '内容写 8 到 120 个字，不要有 11 位以上的号码。', link: '网址以 / 或 https:// 开头，或者不填。', untilDay: '结束日期写成 2026-11-30 这样，最长 30 天。', untilTime: '结束时间写成 18:00 这样，要在现在之后。' },
  readOnly: '暂停受理', readOnlyOff: '现在正常受理。', readOnlyOn: (day: string, time: string) => `已暂停受理，到 ${day} ${time} 自动恢复。`,
  readOnlyWhat: '暂停后，家长提交预约、诉求、登记时会看到说明和电话办法，已经写的内容按返回键还在。机构和办公室照常办公。',
  hours: '暂停多久', hourChoices: [['1', '1 小时'], ['4', '4 小时'], ['12', '12 小时'], ['24', '一天']], close: '暂停受理', open: '恢复受理',
} as const;
