/** Words of the search field's suggestions. */
export const searchText = {
  institutions: '机构', places: '地点', services: '服务词', nearest: '名称相近的机构',
  list: '搜索联想',
  loading: '正在准备搜索联想',
  none: '没有联想，可以直接搜索',
  /** Said when suggestions cannot be had; the search itself works as ever. */
  unavailable: '联想暂时用不了，可以直接搜索',
} as const;

const levelText = { county: '县区', subdistrict: '街道、乡镇', community: '社区' } as const;

/** What stands beside a place: what it is, how many institutions, and the other name by which it was found. */
export const placeNote = (level: keyof typeof levelText, total: number, also: string | null): string =>
  `${also === null ? '' : `${also} · `}${levelText[level]} · ${String(total)} 家`;

/** What stands beside a service word: the everyday word it was found by, and how many institutions, or that it explains. */
export const serviceNote = (heard: string | null, total: number | null): string =>
  [...(heard === null ? [] : [`“${heard}”`]), total === null ? '看说明' : `${String(total)} 家`].join(' · ');

/** What was typed before the last word goes along. */
export const withRest = (rest: string, name: string): string => (rest === '' ? name : `${rest} + ${name}`);

/** How many suggestions there are, for readers: 6 条联想，用上下键选择. */
export const countOffers = (count: number): string => (count === 0 ? searchText.none : `${String(count)} 条联想，按上下键选择`);
