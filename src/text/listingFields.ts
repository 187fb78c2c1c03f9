import type { ListingGroup } from '#domain/listingDraft/model.ts';

/** What a group is called at the desk, and what to write in it. */
export const listingGroupText = {
  contact: { title: '联系方式', what: '家长打来的电话和机构地址。地址以备案为准，改动要经主管部门核对。' },
  modes: { title: '服务方式', what: '现在确实提供的方式。' },
  bands: { title: '班型与托位', what: '每个班型核定的托位数。空余托位在“空位”里说，不用等审核。' },
  classes: { title: '编班与人员', what: '每个班型开几个班、保育人员共几名。会和国家标准一起显示，超出只提醒，不拦下。' },
  admission: { title: '收托规则', what: '按月龄收，或者像幼儿园一样按学年收。' },
  opening: { title: '开放时间', what: '不开放的那天两格都空着。' },
  hours: { title: '节假日安排', what: '法定节假日、调休上班日、寒暑假怎么安排。' },
  fees: { title: '收费', what: '每一项都写清楚是不是必交。改收费要写从哪一天起执行；没到那天，家长看到的是“拟调整”。' },
  money: { title: '收费约定', what: '预收、退费、押金和托育服务协议。' },
  services: { title: '供餐与可接收', what: '没有把握的留“不填”，不会被当成不接收。' },
  day: { title: '一日作息', what: '从入托到离托，一行写一件事。' },
  menu: { title: '一周食谱', what: '只在这一周显示，过了周日就不再显示。' },
  staff: { title: '保育人员', what: '只写人数，不写姓名。' },
  health: { title: '卫生保健', what: '保健人员、签约的社区卫生服务中心，用药和生病时的做法。' },
  safety: { title: '安全保卫', what: '责任险、接送和录像保存。' },
  committee: { title: '家长委员会', what: '有没有成立。不写成员姓名。' },
  adaptation: { title: '适应期', what: '适应期几天，家长能不能陪，怎么收费和退费。' },
  materials: { title: '入托材料', what: '按需要的先后写，一行一样。' },
  disclosures: { title: '公示内容', what: '收费、保育照护、膳食营养、卫生保健、安全保卫五项，写公示的原文和公示日期。' },
} as const satisfies Record<ListingGroup, { readonly title: string; readonly what: string }>;

/** What a field wants, by its kind. */
export const kindFaultText = {
  text: '请写文字', long: '请写文字', count: '请填整数，例如 15', yuan: '请填金额，单位是元，例如 2400 或 15.5', day: '请选一个真实的日期', month: '请选年和月，例如 2026-09', clock: '请填时间，例如 08:00',
  choice: '请从列出的里面选', yesNo: '请选一个', check: '请从列出的里面选', lines: '请一行写一样',
} as const;

/** Words of the fields themselves. */
export const fieldText = {
  blank: '不填', yes: '是', no: '否', has: '有', hasNot: '没有', can: '可以', cannot: '不可以', missing: (label: string): string => `请填写${label}`, tooLong: (label: string, most: number): string => `${label}最多 ${String(most)} 个字`,
  range: (label: string, most: number): string => `${label}不能超过 ${String(most)}`, nothing: '（没有）', monday: '请选这一周的周一',
  qualified: '持证人数不能多于保育人员人数', phone: '请填电话号码，例如 022-26000000', tooMany: (label: string, most: number): string => `${label}最多 ${String(most)} 行`, order: '最大月龄要大于最小月龄',
} as const;
