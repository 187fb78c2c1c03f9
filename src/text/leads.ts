import type { LeadSource, LeadState } from '#domain/leads/model.ts';

/** 线索状态. */
export const leadStateText = { found: '待核实', visited: '已到现场', guided: '已指导登记备案', handedOver: '已移交执法', notCare: '不是托育', registered: '已登记' } as const satisfies Record<LeadState, string>;
export const leadSourceText = { street: '街道摸排', clerk: '办公室登记', complaint: '投诉中提到' } as const satisfies Record<LeadSource, string>;

const faults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  name: { required: '请写名称或招牌上的字。', 'too-short': '名称至少写 2 个字。', 'too-long': '名称请不超过 60 个字。', format: '名称里不要写电话、证件号和特殊符号。' },
  address: { 'too-long': '地址请不超过 120 个字。', format: '地址里不要写电话、证件号和特殊符号。' },
  seen: { 'too-short': '请写看到了什么，至少 2 个字。', 'too-long': '请不超过 500 个字。', format: '不要写电话、证件号和特殊符号，也不要写人的姓名。' },
  children: { format: '孩子人数写数字；不知道就空着。', range: '孩子人数写 0 到 500；不知道就空着。' },
  foundOn: { required: '请写发现的日期。', format: '请按 2026-11-23 这样写日期。' },
  subdistrict: { 'unknown-value': '请从列表里选街道（乡镇）。', format: '请从列表里选街道（乡镇）。' },
  to: { required: '请选下一步。', 'unknown-value': '请选下一步。' },
  reason: { 'too-short': '说明至少写 2 个字。', 'too-long': '说明请不超过 300 个字。', format: '说明里不要写电话、证件号和特殊符号。' },
  institution: { required: '请从名录里选登记成的机构。', 'unknown-value': '名录里没有这家机构，请从列表里选。' },
};

/** 摸排线索 in the office. */
export const leadsText = {
  title: '摸排线索', intro: '发现有人收托婴幼儿、但没有登记备案的地方，记在这里，逐条核实、指导或移交。只给工作人员看，任何公开页面都不出现。', add: '记一条线索', none: '没有线索', noneWhat: '摸排发现的、投诉里提到的名录外机构，会出现在这里。',
  open: '还在办', settled: (count: number): string => `看已了结的 ${String(count)} 条`, unsettled: (count: number): string => `看还在办的 ${String(count)} 条`, settledTitle: '已了结', noneSettled: '没有已了结的线索', noneSettledWhat: '核实后登记备案的、不是托育的，会出现在这里。', allStreets: '全部街道（乡镇）', showStreet: '看这个街道', street: '街道（乡镇）', noStreet: '没有写街道', times: (count: number): string => `投诉中提到 ${String(count)} 次`, children: '孩子人数', childrenOf: (count: number): string => `约 ${String(count)} 个孩子`, unknown: '不清楚', childrenHint: '不清楚就空着',
  name: '名称或招牌', nameHint: '没有招牌就写看到的样子，例如“三楼住家带娃点”', address: '地址', addressHint: '写到楼栋，不用写门牌', seen: '看到了什么', seenHint: '不写人的姓名、电话和证件号', foundOn: '发现日期', source: '来源', state: '现在', anyStreet: '请选择',
  save: '记下', saved: '已记下。', known: '同一处、同一个街道已经有一条还在办的线索，没有重复记。', notYourStreet: '只能记本街道的线索。', future: '发现日期不能在今天之后。',
  move: '下一步', reason: '说明', reasonHint: '查到了什么、怎么办的。不写人的姓名、电话和证件号', institution: '登记成的机构', institutionHint: '选“已登记”时填，从名录里选', pickInstitution: '不是已登记', moveSend: '记下这一步', moved: '已记下。', changed: '刚被同事改过，现在的情况如下。您写的内容还在。', wrongState: '现在不能走这一步。',
  history: '经过', fromParent: '系统（投诉中提到）', bySystem: '系统', exportTitle: '半年汇总', exportCsv: '下载表格', exportWhat: '按发现日期统计，供半年上报。', half: (year: string, half: '1' | '2'): string => `${year} 年${half === '1' ? '上' : '下'}半年`, showHalf: '看这半年', total: (count: number): string => `共 ${String(count)} 条`, printHint: '需要纸质的，用浏览器打印这一页。',
  columns: ['发现日期', '街道（乡镇）', '名称或招牌', '地址', '来源', '孩子人数', '现在', '最近说明'], complaintHint: '由投诉自动生成，只带名称和街道，不带投诉的内容和编号。',
  fault: (field: string, code: string): string => faults[field]?.[code] ?? '这一项没有看懂，请检查。',
} as const;
