/** Words of the search field's suggestions. */
export const searchText = {
  institutions: '机构', places: '地点', services: '服务词', nearest: '名称相近的机构',
  list: '搜索联想',
  none: '没有联想，可以直接搜索',
  /** Said when suggestions cannot be had; the search itself works as ever. */
  unavailable: '联想暂时用不了，可以直接搜索',
} as const;

const levelText = { county: '县区', subdistrict: null, community: '社区' } as const;

const joined = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' · ');

/** What stands beside a place: the other name by which it was found, what it is where its name does not say so, how many institutions. */
export const placeNote = (level: keyof typeof levelText, total: number, also: string | null): string => joined([also, levelText[level], `${String(total)} 家`]);

/** What stands beside a service word: the everyday word by which it was found, unless the word itself shows it, and how many institutions bear it, or that it explains. */
export const serviceNote = (word: string, heard: string | null, total: number | null): string =>
  joined([heard === null || word.includes(heard) ? null : `“${heard}”`, total === null ? '看说明' : `${String(total)} 家`]);

/** What was typed before the last word goes along. */
export const withRest = (rest: string, name: string): string => (rest === '' ? name : `${rest} + ${name}`);

/** How many suggestions there are, for readers: 6 条联想，用上下键选择. */
export const countOffers = (count: number): string => (count === 0 ? searchText.none : `${String(count)} 条联想，按上下键选择`);
