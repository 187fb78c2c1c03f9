import type { ArticleTopic, ArticleSource } from '#domain/guidance/article.ts';

/** Words of the guidance library. */
export const guidanceText = {
  index: '学育儿',
  lede: '0 到 3 岁，吃、睡、玩、病、入托，一件一件说清楚。每篇都写明依据。',
  howOld: '宝宝多大？',
  allAges: '全部',
  topics: '按主题看',
  emergency: '有任何一种，马上打',
  whenToSee: '看什么时候要就医',
  notReviewed: '尚未经医务人员审核，请以医生意见为准。',
  reviewed: (unit: string, role: string, day: string): string => `审核：${unit}${role}，${day}。`,
  sources: '依据',
  toVerify: '待官方核对',
  checked: (day: string, next: string): string => `编辑核对：${day}；下次核对：${next}。`,
  ask: '拿不准，问谁',
  askHealth: '孩子的身体和发育，问儿保医生或儿科医生。社区卫生服务中心、乡镇卫生院都有儿童保健门诊。',
  askCare: '入托的事，先问机构，再问当地卫生健康部门。',
  askMind: { text: '带孩子的人心里难受：心理援助热线，不用说名字。', call: '12356' },
  askGovernment: { text: '不知道归哪个部门管：政务服务热线。', call: '12345' },
  organiser: '主办单位电话：',
  toOrganiser: '打电话问主办单位',
  related: '接着看',
  nearby: '附近的托育',
  institutionsFor: (months: number): string => `看收满 ${String(months)} 个月孩子的托育机构`,
  institutions: '看这里的托育机构',
  classes: '看这里的亲子课',
  growth: '生长曲线：记体重、身长、头围',
  thisMonth: '本月宝宝：玩什么、吃什么、打什么疫苗',
  policy: '相关的政策',
  share: '转给家里一起带孩子的人',
  shareHow: '长按选中下面这段，复制后发给家人。在微信里，也可以点右上角“…”转发。这一页也可以直接打印。',
  shareFrom: (siteName: string): string => `全文在“${siteName}”网站的“学育儿”里。`,
  shareCall: (call: string): string => `有下面任何一种，马上打 ${call}：`,
  shareDoctor: '这不能代替医生的意见。',
} as const;

/** 主题 in the words of parents. */
export const topicText = {
  feeding: '吃奶和吃饭', sleep: '睡觉', growth: '长高长重', movement: '动一动', language: '说话和读书', cognition: '好奇和学习', social: '和人相处', mind: '情绪和安全感', habits: '生活习惯', play: '一起玩',
  vaccination: '打疫苗', checkups: '体检和信号', illness: '生病在家', infection: '传染病', injury: '意外和急救', carer: '照护人自己', starting: '准备入托', choosing: '挑托育机构', work: '上班和随迁',
} as const satisfies Record<ArticleTopic, string>;

/** The choices of 宝宝多大: an article is for a choice when some whole month is in both. */
export const guidanceAges = [
  { key: 'a', from: 0, to: 5, label: '0–6 个月' }, { key: 'b', from: 6, to: 11, label: '6–12 个月' }, { key: 'c', from: 12, to: 23, label: '12–24 个月' }, { key: 'd', from: 24, to: 36, label: '24–36 个月' },
] as const;

/** How far a source was checked. */
export const sourceConfidenceText = { A: '读过全文', B: '读过公开摘录', C: '只读到公开抄录' } as const satisfies Record<ArticleSource['confidence'], string>;

/** 0–36 个月, 刚出生; both months are included. */
export const monthsText = ({ from, to }: { readonly from: number; readonly to: number }): string => {
  if (from === to) return from === 0 ? '刚出生' : `${String(from)} 个月`;
  return `${String(from)}–${String(to)} 个月`;
};
