/** Headings of the institution's page; the five of 公示 are in the words of the standard. */
export const partTitle = {
  bands: '班型与空位', hours: '时间与假期', photos: '环境', fees: '收费', care: '保育照护', meals: '膳食营养', health: '卫生保健', security: '安全保卫',
  start: '入托准备', trust: '评估与处理决定', contact: '联系与地址', credential: '备案', history: '变更记录', nearby: '附近的其他机构', wrong: '信息有误？', complain: '有话要说？',
} as const;

/** What the jump list calls them, in the order of the page. */
export const partJumps = [
  { id: 'bands', label: '班型空位' }, { id: 'hours', label: '时间' }, { id: 'photos', label: '环境' }, { id: 'fees', label: '收费' }, { id: 'care', label: '照护' }, { id: 'meals', label: '膳食' },
  { id: 'health', label: '卫生' }, { id: 'security', label: '安全' }, { id: 'start', label: '入托准备' }, { id: 'trust', label: '评估' }, { id: 'contact', label: '地址' }, { id: 'credential', label: '备案' }, { id: 'nearby', label: '附近' },
] as const;
