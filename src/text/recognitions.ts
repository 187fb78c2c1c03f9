import type { RecognitionRefusal, RecognitionStanding } from '#domain/recognition/model.ts';

/** Words of 普惠认定 in the office. */
export const recognitionText = {
  title: '普惠认定', intro: '按认定文件录入。录入、终止都马上反映到公开页：普惠托位几个、共几个、到哪一天。', ending: '六十天内到期', endingNone: '六十天内没有到期的认定。', running: '有效的认定', runningNone: '现在没有有效的普惠认定。', ended: '已到期或终止',
  columns: ['机构', '普惠托位', '价格上限', '有效至'] as const, find: '找一家机构录入', search: '机构名称', findButton: '查找', found: (count: number): string => `找到 ${String(count)} 家`, more: (most: number): string => `，只列出前 ${String(most)} 家，请多写几个字`, noneFound: '没有找到，请核对名称。', placeColumns: ['机构', '普惠认定'] as const, no: '没有',
  noCeiling: '文件未载明', noEnd: '未载明', days: (days: number): string => `（还有 ${String(days)} 天）`, held: '认定记录', heldNone: '这家机构没有普惠认定的记录。', places: '普惠托位', ceiling: '价格上限', authority: '认定部门', document: '文号', dates: '有效期', audience: '适用对象', missing: '未载明', standing: '现在',
  standings: { ahead: '还没有开始', inForce: '有效', ended: '已到期或终止' } satisfies Record<RecognitionStanding, string>, end: '终止', endOf: (number: number): string => `终止第 ${String(number)} 项认定`, endWhat: '最后一天有效的日期；还没有开始的，写开始前一天就会撤掉。', lastDay: '最后有效的一天', endButton: '终止这项认定',
  enter: '录入一项认定', fields: { authority: '认定部门', documentNumber: '文号', from: '开始日期', until: '结束日期', priceCeiling: '价格上限（元／月）', audience: '适用对象' },
  hints: { authority: '文件上的全称。', documentNumber: '文件没有文号的空着。', until: '文件没有写结束日期的空着。', priceCeiling: '文件没有写价格上限的空着。', audience: '文件限定对象的才写，如“本区户籍二孩及以上家庭”。' }, dayHint: '如 2026-11-23。', bandPlaces: (band: string): string => `${band}普惠托位`, ofPlaces: (places: number): string => `共 ${String(places)} 个托位`, placesUnknown: '托位数没有记录', noBands: '名录里没有这家机构的班型，请写在对应的班型上。',
  save: '保存并公布', saved: '已公布，公开页现在就是这样。', endedDone: '已终止，公开页已经更新。', publicPage: '看公开页', overCeiling: '这家机构填报的保育费高于价格上限，请核对。',
  errors: { authority: '认定部门写 2 到 60 个字。', documentNumber: '文号不超过 60 个字。', from: '开始日期写成 2026-11-23 这样。', until: '结束日期写成 2026-11-23 这样，或空着。', places: '至少写一个班型的普惠托位，1 到 2000 的整数。', priceCeiling: '价格上限写金额，最多两位小数，或空着。', audience: '适用对象不超过 60 个字。', lastDay: '日期写成 2026-11-23 这样。' },
} as const;

/** Why a recognition was not entered or ended. */
export const recognitionRefusalText = {
  'not-found': '没有找到这家机构。', 'ends-before': '结束日期不能早于开始日期，也不能晚于原来的结束日期。', 'too-many': '普惠托位多于这个班型的托位，请核对。', 'overlap': '同一班型在这段时间已有一项认定，先终止原来的，再录入新的。', 'not-running': '这项认定已经到期或终止。', 'changed-meanwhile': '刚刚有人改过，已为您换成最新的，请再核对一次。',
} satisfies Record<RecognitionRefusal, string>;
