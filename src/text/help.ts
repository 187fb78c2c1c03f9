import { siteText } from '#text/site.ts';

/** One part of an answer: a sentence or more, or points. */
export type HelpBlock = string | readonly string[];
export type HelpQuestion = { readonly id: string; readonly question: string; readonly answer: readonly HelpBlock[]; readonly keywords: readonly string[] };
export type HelpSection = { readonly title: string; readonly questions: readonly HelpQuestion[] };

/** Words of the help page; `id` is where a question stands on it, `keywords` are further words to find it by. */
export const helpText = {
  title: '帮助',
  description: '怎样找机构、查备案、约参观，丢了查询码怎么办。',
  elder: '看不清、不会用',
  elderHow: '点每页上方的“长辈版”，字和按钮都会变大。更多说明见',
  accessibility: '无障碍声明',
  more: '还有问题',
  moreWho: `机构的事，先打机构电话。网站的事，请联系主办单位：${siteText.awaitingOrganiser}。`,
} as const;

export const helpSections: readonly HelpSection[] = [
  {
    title: '找托育',
    questions: [
      { id: 'find-care', question: '怎样找到孩子能上的机构？', keywords: ['找机构', '找托育', '空位', '月龄'], answer: ['选好地区，点“找托育”，填孩子月龄。结果会写明哪个班可以上、有没有空位、全部费用约多少。填“计划入托时间”，会按那时的月龄来算。'] },
      {
        id: 'modes', question: '全日托、半日托、计时托、临时托有什么不同？', keywords: ['全日托', '半日托', '计时托', '临时托', '全托'],
        answer: [['全日托：整个工作日。', '半日托：半天。', '计时托：固定时段，按小时。', '临时托：偶尔用一次，没有固定安排。'], '计时托和临时托的分法是本站口径，具体以机构说明为准。'],
      },
      { id: 'bands', question: '乳儿班、托小班、托大班是什么？', keywords: ['乳儿班', '托小班', '托大班', '混合编班'], answer: ['乳儿班收 6–12 个月，托小班收 12–24 个月，托大班收 24–36 个月；18 个月以上的孩子也可能混合编班。幼儿园托班常按学年招生，页面会写明哪一年哪一月可上。'] },
      { id: 'affordable', question: '普惠托位是什么？', keywords: ['普惠', '普惠托位'], answer: ['由部门认定、价格有上限的托位。一家机构可能只有一部分托位是普惠，页面写作“普惠托位 20/47”。认定到期后不再显示。'] },
    ],
  },
  {
    title: '查备案',
    questions: [
      { id: 'what-filing-says', question: '备案说明什么？', keywords: ['备案', '查备案'], answer: ['说明机构已经办理登记，并把情况告知了卫生健康部门。备案是告知，不代表质量评价。幼儿园托班由教育部门管理，页面另外标明。'] },
      { id: 'not-found', question: '没有查到怎么办？', keywords: ['查不到', '信用代码'], answer: ['先换一个名字再查：营业执照上的全称、招牌上的名字、统一社会信用代码都可以。还是没有，请向当地卫生健康部门核实。'] },
    ],
  },
  {
    title: '预约参观',
    questions: [
      { id: 'documents', question: '要带孩子的证件吗？', keywords: ['证件', '身份证', '参观'], answer: ['网上预约不要证件。参观当天带什么，以机构说明为准。'] },
      { id: 'on-behalf', question: '还没出生、双胞胎、老人代约，可以吗？', keywords: ['双胞胎', '代约', '预产期'], answer: ['都可以。没出生的填预产月；双胞胎在同一次预约里填两个孩子；老人受父母委托可以代约。'] },
      { id: 'lost-code', question: '丢了查询码怎么办？', keywords: ['查询码', '预约号', '忘了'], answer: ['查询码只显示一次，本站不会再显示。可以直接打机构电话，说明参观时间和预约时留的称呼，由机构核对后处理。'] },
      { id: 'booking-free', question: '预约要钱吗？', keywords: ['预约', '免费', '转账', '定金'], answer: [`不要。${siteText.freeOfCharge}`] },
    ],
  },
  {
    title: '提诉求',
    questions: [
      { id: 'complain', question: '怎样投诉、举报、提建议？', keywords: ['投诉', '举报', '表扬', '建议', '诉求', '12345'], answer: ['选好地区，点“提诉求”。不用登录，可以不留姓名，说不清归哪个部门也没关系。孩子有危险，先打 110、120、119。'] },
      { id: 'complaint-privacy', question: '机构会知道是我吗？', keywords: ['匿名', '保密', '报复'], answer: ['不会告诉机构您是谁，也不会把您的原话给机构看。但孩子很少的班，机构可能从事情本身猜到，可以只写事实、少写细节。'] },
      { id: 'complaint-progress', question: '怎样看办到哪一步？', keywords: ['进度', '查询码', '答复', '撤回', '评价'], answer: ['用回执上的编号和查询码，在“提诉求”的“查进度”里看。还可以补充内容、撤回、评价；评价不满意的，办结后 14 天内可以要求重新办一次。'] },
      { id: 'complaint-lost-code', question: '丢了诉求的查询码怎么办？', keywords: ['查询码', '编号', '忘了'], answer: ['留了电话的，经办人会打给您告诉结果。选了匿名的，没有人能补；可以再提交一份。'] },
    ],
  },
];
