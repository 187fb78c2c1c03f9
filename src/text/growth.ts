import type { ReferenceSource } from '#domain/guidance/monthModel.ts';

/** 生长曲线: words of the page around the tool. */
export const growthText = {
  title: '生长曲线',
  lede: '记下宝宝的体重、身长和头围，看在不在参考范围里。几次的点连起来，看走势。',
  review: '尚未经医务人员审核，请以医生意见为准。',
  errorTitle: '有错误：生长曲线',
  how: '这张图怎么看',
  howLines: [
    '上下两条线之间是参考范围，大多数孩子在里面走。在里面高一点、低一点，没有名次。',
    '落在外面也不是病。本页只说“在参考范围内”或“建议咨询儿保医生”，不下别的结论。',
    '2 岁以前躺着量身长，满 24 个月起站着量身高。量法换了，数会低一点。线在这里断开，不连，也不跨着推算。',
    '整月的数就是表里的数。两个月龄之间，按直线推算。国家标准在 24 个月后每 3 个月才有一个数。',
    '早产的宝宝填了出生孕周，就按矫正月龄看，到实际满 24 个月为止（待官方核对）。满 37 周出生的不用矫正。',
    '在边上的数，差一点点就换一句话。拿不准，请儿保医生量一次。',
  ],
  article: '怎么量得准、多久量一次，请问社区卫生服务中心的儿保医生。',
  doctor: '什么时候早点问医生',
  doctorLines: ['体重两次不长，或者几次的点一直往下走。', '头围突然变大或变小，囟门鼓起来。', '吃得少、总吐、没精神：不用等下一次量，直接去看。'],
  sourcesTitle: '依据',
  unverified: '待官方核对',
  nationalNote: '国家标准的数按公开的抄录重排。体重和身长有两份抄录互相对上，头围的上下界只有一份。上线前要和官方原文逐项核对。',
  whoNote: '世界卫生组织的数，用它公布的参数算到两位小数。',
} as const;

/** A document as a line: title, number, issuer and year. */
export const growthSourceText = ({ title, number, issuer, year }: Pick<ReferenceSource, 'title' | 'number' | 'issuer' | 'year'>): string => `《${title}》${number === null ? '' : `，${number}`}，${issuer}，${String(year)}年`;

/** Why a parameter of the address was not used. */
export const growthChoiceText = '地址里有不认识的选项，已换成默认的。请在下面重新选。';
