import type { DeadlineBasis } from '#domain/complaints/model.ts';
import type { Duty } from '#domain/jurisdiction/model.ts';

/** Why a department has it: what the place's document says. */
export const basisText = {
  'stated-lead': '当地文件写明由它负责', 'listed-jointly': '当地文件写了几个部门一起负责，没有写谁牵头', derived: '当地文件没有单独写这件事，按日常监管交给它', 'not-stated': '当地文件没有写由谁负责',
} as const satisfies Record<Duty['basis'], string>;

/** The same where it is known how many are named: one body listed alone is not several. */
export const basisSaid = (basis: Duty['basis'], named: number): string => (basis === 'listed-jointly' && named === 1 ? '当地文件只写了这一个责任部门，没有写牵头' : basisText[basis]);

/** What the days rest on. */
export const clockText = { law: '法定期限，从这个部门签收那天算起', site: '本站承诺' } as const satisfies Record<DeadlineBasis, string>;

/** 在这里提交不代替的路. */
export const besidesText = {
  market: '消费纠纷想请市场监管部门调解的，还要另外拨打 12315 或在全国 12315 平台登记；调解的法定期限从那里算起，在这里提交不代替登记。',
  historical: '这里的分工来自已经并区的原文件，仅作历史资料；现在由谁办，以收到后告诉您的为准。',
} as const;
