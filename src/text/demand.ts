import type { DemandBand, DemandReach, DemandRefusal, DemandState } from '#domain/demand/model.ts';
import { monthText } from '#text/dates.ts';

/** Why a registration is refused, and what to do. */
export const demandRefusalText = {
  'rules-changed': '《儿童个人信息保护规则》已更新，请重新阅读后再勾选。',
  'too-many-for-phone': '这个手机号已有 3 份登记在有效期内。请先用登记号和查询码撤回一份，或者不填手机号。',
} satisfies Record<DemandRefusal, string>;

/** 登记状态 in words. */
export const demandStateText = { looking: '登记有效，正在等空位', told: '已有空位通知', withdrawn: '已撤回', lapsed: '已到期' } satisfies Record<DemandState, string>;

/** 看哪些地方 in words. */
export const demandReachText = { nearby: '本区县的其他街道（乡镇）也可以', street: '只要所选街道（乡镇）' } satisfies Record<DemandReach, string>;

/** 统计月龄段 in words. */
export const demandBandText = { underSixMonths: '不满 6 个月', infant: '6–12 个月', toddler: '12–24 个月', older: '24–36 个月', overThree: '满 36 个月' } satisfies Record<DemandBand, string>;

/** A field's fault → the sentence beside it: what is wrong and how to mend it. */
export const demandFieldText: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  subdistrict: { required: '请选择您家所在的街道或乡镇。', format: '请从列表里选择街道或乡镇。', 'unknown-value': '这里没有这个街道或乡镇，请重新选择。' },
  birthMonth: { required: '请填写孩子的出生年月或预产年月。', format: '请把年份和月份都选上。', range: '请检查年月：预产期最多填 10 个月以后，入托时不超过 3 岁 11 个月。' },
  modes: { required: '请至少选一种托育方式。', 'unknown-value': '请从列表里选择托育方式。', range: '同一种方式请只选一次。' },
  start: { required: '请选择希望入托的月份。', format: '请从列表里选择月份。', range: '希望入托的月份要在本月到两年之内，且不早于孩子出生。' },
  maxFee: { format: '请只填整数，例如 2500。', range: '请填 0 到 1000000 之间的整数。' },
  hours: { required: '请把送和接的时间都选上，或者都不选。', format: '请从列表里选择时间。', range: '接的时间要晚于送的时间。' },
  from: { required: '请把送和接的时间都选上，或者都不选。', format: '请从列表里选择时间。' },
  until: { required: '请把送和接的时间都选上，或者都不选。', format: '请从列表里选择时间。' },
  institutions: { range: '想去的机构最多选 5 家。', format: '机构链接不完整，请重新选择。', 'unknown-value': '所选机构中有的已不在名录里，请重新选择。' },
  phone: { format: '请填写 11 位手机号，或带区号的固定电话；不想留也可以空着。', 'too-long': '电话号码太长，请检查。' },
  actingAs: { required: '请选择您和孩子的关系。', 'unknown-value': '请选择您和孩子的关系。' },
  consent: { required: '请阅读《儿童个人信息保护规则》并勾选同意；不同意也可以打电话询问机构。' },
  rulesVersion: { required: '请阅读《儿童个人信息保护规则》并勾选同意；不同意也可以打电话询问机构。', 'too-long': '请刷新页面后重新勾选。' },
  reference: { required: '请填写登记号，例如 D-7K3M9P2Q。' },
  queryCode: { required: '请填写 16 位查询码。' },
};

/** Reference and code that open nothing: said alike whatever was wrong. */
export const demandNotFoundText = '没有找到这份登记。请核对登记号和 16 位查询码；登记满 6 个月会自动失效，可以重新登记。';

/** Words of the pages of 登记入托需求. */
export const demandText = {
  door: '登记入托需求',
  title: '登记入托需求',
  lede: '还没找到合适的托位？留下需求，有空位时告诉您。大约一分钟，不用写姓名。',
  promise: '登记不等于报名，不占托位，也不影响您直接联系机构。本站不代收任何费用。',
  findLink: '已经登记过？查看或撤回', findAgain: '查看或撤回登记',
  street: '您家所在的街道或乡镇', pickStreet: '请选择',
  birth: '孩子的出生年月或预产年月', birthHint: '只要年和月。还没出生的，填预产的年月。',
  birthGuess: (age: string): string => `按“${age}”推算出来的，请核对。`,
  modes: '想要的托育方式', modesHint: '可以选几种。',
  start: '希望几月入托',
  reach: '远近',
  more: '还想说得更细（都可以不填）',
  fee: '每月全部费用最多能接受', feeHint: '单位：元。填了以后，没有公布收费的机构不会通知您。',
  from: '早上几点送', until: '下午几点接', anyTime: '不限',
  institutions: '想去的机构', institutionsHint: '最多 5 家。它们有空位时先告诉您。',
  institutionsNone: '先在“找托育”里找到机构，再从那里登记，就能带上想去的机构。',
  phone: '手机号', phoneHint: '有合适的空位时发一条短信或打一次电话告诉您，只告诉一次。不留也可以，过些日子用登记号自己来看。',
  relation: '您和孩子的关系',
  relations: [{ value: 'guardian', label: '我是孩子的父母或其他监护人' }, { value: 'entrusted', label: '我受监护人委托登记', hint: '例如爷爷奶奶、外公外婆、保姆' }],
  consent: '我已阅读并同意《儿童个人信息保护规则》',
  consentHint: '孩子的出生年月、接送时间和手机号加密保存，6 个月后删除；您随时可以撤回，撤回后马上删除。只留下街道、月龄段、方式和月份，用来统计需求。',
  consentLink: '阅读《儿童个人信息保护规则》（在新页面打开）',
  submit: '登记',
  phoneInstead: '不想在网上登记，可以打电话：',
  receivedTitle: '已登记',
  received: (lapsesOn: string): string => `这份登记到${lapsesOn}为止有效。`,
  receiptGone: '这里暂时没有可显示的登记',
  receiptGoneWhy: '回执只在登记成功后的十分钟内、在同一台设备上显示。请用登记号和查询码查看。',
  reference: '登记号',
  next: '接下来',
  nextWithPhone: '有合适的空位出现时，会发一条短信或打一次电话告诉您，只告诉一次。通知只在早上 8 点到晚上 9 点之间。',
  nextWithoutPhone: '您没有留电话，我们不会联系您。过些日子用登记号和查询码来看，有没有合适的空位。',
  nextPlace: '空位先到先得，以机构答复为准。请直接打电话给机构，或预约参观。',
  fraud: '本站不代收任何费用；请勿向个人账户转账。',
  matchesTitle: '现在可能合适的空位',
  matchesNone: '现在还没有合适的空位。',
  matchesNote: '按机构 30 天内核对的空位推算，能不能上请打电话问机构。',
  matchesMore: (count: number): string => `还有 ${String(count)} 家，到“找托育”里看`,
  soonOnly: '离希望入托的月份还远，入托前 3 个月起才比对空位。',
  sameStreet: '所选街道', chosen: '您想去的',
  findTitle: '查看登记', findButton: '查看登记', found: '您的登记', askWithdraw: '撤回这份登记吗？', withdrawnTitle: '登记已撤回',
  referenceHint: '以 D- 开头，大小写都可以。', codeHint: '16 位数字，空格可有可无。',
  codeOnce: '查询码只在登记成功时显示一次。找不到时，可以重新登记一次；原来那份满 6 个月自动失效。',
  withdrawDone: '孩子的出生年月、接送时间、手机号和想去的机构已经删除，不再通知您。需要时可以再登记。',
  withdraw: '撤回登记', withdrawConfirm: '确认撤回', withdrawNot: '先不撤回', withdrawWhat: '撤回后，孩子的出生年月、接送时间和手机号马上删除，不再通知您。',
  renew: '还在找，继续告诉我', renewed: '好的，继续为您留意。',
  toldWhat: '已经告诉过您一次。还在找，就点下面的按钮，下次有新的空位再告诉您。',
  renewWhat: '还在找，就点一下，登记从今天起再保留 6 个月。',
  backToList: '回到找托育',
  facts: { state: '状态', street: '街道（乡镇）', child: '孩子', modes: '方式', start: '希望入托', fee: '每月最多', hours: '接送', reach: '远近', institutions: '想去的机构', phone: '手机号', madeOn: '登记日期', lapsesOn: '有效到' },
  phoneKept: '已留', phoneNone: '没有留', none: '没有填写',
} as const;

/** 一条短信 or what is said on the telephone when a place is free: no child data. */
export const demandNoticeText = (place: string, institution: string): string =>
  `【${place}托育】您登记过入托需求：${institution}近日有空余托位，请直接向机构电话询问，先到先得。还在找请用登记号查看并点“还在找”。本站不代收任何费用。`;

/** 2025年3月出生, or 预产 where that month is to come. */
export const childText = (birthMonth: string, today: string): string =>
  `${monthText(birthMonth)}${birthMonth < today.slice(0, 7) ? '出生' : birthMonth === today.slice(0, 7) ? '出生或预产' : '预产'}`;
