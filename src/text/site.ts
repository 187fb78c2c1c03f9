/** Words every page shares: header, footer, notices that are always there. */
export const siteText = {
  name: '托育服务',
  skip: '跳到正文',
  changePlace: '换地区',
  toElder: '长辈版',
  modeLabel: '显示方式',
  toDefault: '标准版',
  navLabel: '主要入口',
  toolsLabel: '工具',
  breadcrumbLabel: '当前位置',
  home: '首页',
  notice: '通知',
  demo: '演示数据：名称以“示例”开头的机构均为虚构',
  filingIsNotice: '备案是告知，不代表质量评价。',
  freeOfCharge: '本站预约免费，不代收任何费用；请勿向个人账户转账。',
  awaitingOrganiser: '待主办单位填写',
  optional: '选填',
  errorSummary: '有几处需要改一下',
  errorSummaryKept: '已填的内容都还在。',
  search: '搜索',
  previousPage: '上一页',
  nextPage: '下一页',
  allFees: '全部费用',
  onceOnly: '查询码仅显示这一次。请截图、抄下或打印；不要转发给别人。',
  quickExit: '离开此页',
} as const;

/** Where 离开此页 goes: a page that tells an onlooker nothing. */
export const quickExitHref = 'https://www.gov.cn/';

export const footerLinks = [
  { href: '/about/', label: '关于' },
  { href: '/accessibility/', label: '无障碍' },
  { href: '/privacy/', label: '个人信息保护' },
  { href: '/help/', label: '帮助' },
] as const;

/** In the footer of a place's pages. */
export const complaintsLink = '投诉、举报、建议';
export const openDataLink = '开放数据';
/** Where a place's figures stand. */
export const disclosureLink = '本地托育情况';

export interface NavLink {
  readonly href: string;
  readonly label: string;
}

/** The ways in of one place, in the order families use them. */
export function placeNav(slug: string): readonly NavLink[] {
  return [
    { href: `/${slug}/institutions/`, label: '找托育' },
    { href: `/${slug}/check-filing/`, label: '查备案' },
    { href: `/${slug}/guidance/`, label: '学育儿' },
    { href: `/${slug}/bookings/find/`, label: '预约查询' },
    { href: `/${slug}/complaints/`, label: '提诉求' },
  ];
}

/** The site's name in one place: 河北区托育服务. */
export const siteNameOf = (place: { readonly shortName: string } | null | undefined): string =>
  place ? `${place.shortName}${siteText.name}` : siteText.name;

/** Keeps a number with its unit on one line: 24 个月 never breaks after 24. */
export const keepUnits = (text: string): string => text.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
