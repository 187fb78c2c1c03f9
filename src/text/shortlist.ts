/** Words of 收藏: few, because the browser loads them too. */
export const shortlistText = {
  keep: '收藏',
  kept: '已收藏',
  pick: '加入比较',
  keepName: (name: string): string => `收藏 ${name}`,
  compare: '比较',
  pickSome: '点心形选 2 到 4 家，再按“比较”',
  goCompare: (count: number): string => `去比较收藏的 ${String(count)} 家`,
  one: '已收藏 1 家，再收藏一家就能比较',
  many: (count: number): string => `已收藏 ${String(count)} 家`,
  full: '最多收藏 20 家，先取消一家再收藏',
  blocked: '这个浏览器不让本站保存收藏（可能是无痕模式），关掉本页就没有了',
  forget: '从收藏里去掉',
  forgotten: '已去掉',
  listLabel: '符合的机构',
} as const;
