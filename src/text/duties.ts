import type { Duty } from '#domain/jurisdiction/model.ts';

export const dutiesText = {
  title: '谁管什么',
  lede: '一件事归哪个部门管，依据哪份文件的哪一句。分不清也没关系，提诉求时由我们来分。',
  search: '想办的事或部门', searchHint: '例如：退费、消防、卫健委', submit: '查一查', clear: '看全部',
  found: (count: number): string => `找到 ${count} 项。`,
  none: '没有找到。换个说法试试，或看全部分工。',
  subjects: '按事情找', others: '文件里还写了这些', departments: '各部门的全称和电话',
  lead: '主办', joint: '一起办', listed: '几个部门都有责任', listedOne: '责任部门', nobody: '文件没有写由谁管，可以拨打 12345 或向信访部门反映。',
  basis: '依据', line: (line: number): string => `文件原文第 ${line} 行`,
  aliases: '又称', phone: '电话', phoneUnknown: '待主办单位填写',
  complain: '提诉求', document: (title: string, number: string | null): string => `分工出自《${title}》${number === null ? '' : `（${number}）`}。`,
} as const;

/** How sure the document is of who answers. */
export const basisText = {
  'stated-lead': '文件写明由它负责', 'listed-jointly': '文件列了几个部门，没有写由谁牵头', derived: '文件没有直接写，由日常监管的部门接', 'not-stated': '文件没有写',
} as const satisfies Record<Duty['basis'], string>;

/** The same of a duty as it stands: one body listed alone is not several. */
export const basisSaid = ({ basis, joint }: Pick<Duty, 'basis' | 'joint'>): string => (basis === 'listed-jointly' && joint.length === 1 ? '文件只列了这一个责任部门，没有写牵头' : basisText[basis]);
