import type { DocumentStatus, Jurisdiction } from '#domain/jurisdiction/model.ts';
import { monthText } from '#text/dates.ts';
import { siteText } from '#text/site.ts';

/** Ways in from a place's home. */
export const homeDoors = (slug: string) => [
  { href: `/${slug}/institutions/`, title: '找托育', icon: 'house', tasks: [{ href: `/${slug}/institutions/?free=1`, label: '看有空位的' }, { href: `/${slug}/check-filing/`, label: '查一查备案' }] },
  { href: `/${slug}/guidance/`, title: '学育儿', icon: 'book', tasks: [{ href: `/${slug}/guidance/fever-at-home/`, label: '孩子发热怎么办' }, { href: `/${slug}/policy/`, label: '政策和手续' }] },
  { href: `/${slug}/complaints/`, title: '提诉求', icon: 'shield', tasks: [{ href: `/${slug}/complaints/`, label: '投诉、举报、建议' }, { href: `/${slug}/complaints/find/`, label: '查进度' }] },
  { href: `/${slug}/bookings/find/`, title: '预约查询', icon: 'calendar', tasks: [{ href: `/${slug}/bookings/find/`, label: '查看、改期、取消' }, { href: `/${slug}/activities/`, label: '父母课堂和亲子活动' }] },
  { href: `/${slug}/demand/`, title: '有空位告诉我', icon: 'message', tasks: [{ href: `/${slug}/demand/`, label: '登记入托需求' }, { href: `/${slug}/demand/find/`, label: '查看或撤回登记' }] },
] as const;

/** 宝宝多大: one month of age stands for its span. */
export const ageChoices = [
  { months: -3, label: '孕期' }, { months: 3, label: '0–6 个月' }, { months: 9, label: '6–12 个月' }, { months: 18, label: '12–24 个月' }, { months: 30, label: '24–36 个月' }, { months: 36, label: '快上幼儿园' },
] as const;

export const homeText = {
  title: '给 3 岁以下的孩子，找身边的托育',
  pastTitle: '托育历史资料',
  howOld: '宝宝多大？',
  thisMonth: '本月宝宝：玩什么、吃什么、打什么疫苗',
  growth: '生长曲线：记体重、身长、头围',
  homeVisits: '入户指导：请人到家里看看怎么带',
  statsTitle: '现在的情况',
  listedLabel: '家在备案中',
  freeLabel: '个空余托位',
  freeWithin: '近 30 天核对',
  affordableLabel: '个普惠托位',
  chooserTitle: '你在哪里？',
  chooserLede: '选一个地区，查那里备案的托育机构，约时间去看看。',
} as const;

/** How a place's document stands, in a few words. */
export const documentStatusText = {
  inForce: '当地托育方案在有效期内', validityNotStated: '当地托育方案未载明有效期', expired: '当地托育方案已过有效期', areaAbolished: '行政区已撤销，仅为历史资料',
} as const satisfies Record<DocumentStatus, string>;

type Named = Pick<Jurisdiction, 'name' | 'within' | 'successor' | 'filingAuthority' | 'level'>;

/** One line under the name: where this is and which body keeps filings. */
export const placeLine = (place: Named): string => {
  if (place.successor) return `${place.name} · ${place.successor.since ? `${monthText(place.successor.since)}起` : ''}已并入${place.successor.name}`;
  const name = place.name.startsWith(place.within) ? place.name : `${place.within} ${place.name}`;
  return place.filingAuthority ? `${name} · 备案机关：${place.filingAuthority}` : `${name} · 备案由各县区卫生健康部门办理`;
};

/** What a parent should know before choosing this place: a city has counties below it, an abolished area has a successor. */
export const placeNote = (place: Pick<Jurisdiction, 'level' | 'successor'> & { readonly counties: number }): string => {
  if (place.successor) return `已并入${place.successor.name}；`;
  return place.level === 'city' ? `全市，含 ${String(place.counties)} 个县区；` : '';
};

/** 目录为空: why there is nothing, and what a parent can do meanwhile. */
export const emptyDirectory = {
  title: '这里还没有导入备案名录',
  why: '名录由当地卫生健康部门提供，导入后会显示在这里。这不代表当地没有备案的机构。',
  merged: (successor: string): string => `这里已并入${successor}，备案名录请向${successor}的卫生健康部门查询。`,
  meanwhile: '现在可以这样做：',
  phone: '打电话问主办单位',
  national: '查国家托育机构备案信息公示平台',
  nationalHref: 'https://tuoyu.cpdrc.org.cn/',
  nationalHost: 'tuoyu.cpdrc.org.cn',
  community: '问所在社区居委会或街道（乡镇），附近有哪些托育机构。',
  unknownPhone: siteText.awaitingOrganiser,
} as const;

/** Link to sites that were only planned. */
export const plannedSitesLink = (count: number, year: number): string => `看 ${String(count)} 个规划示范点（${String(year)}年方案，非备案信息）`;
