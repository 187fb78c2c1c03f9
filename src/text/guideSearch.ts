import type { Guide, GuideKind } from '#domain/guidance/searchModel.ts';

/** Words of the search over everything: institutions, guidance, policy and help. */
export const guideSearchText = {
  title: '搜索',
  titleOf: (typed: string): string => `搜索“${typed}”`,
  description: '一个框里搜机构、育儿文章、政策和办事、帮助。',
  label: '搜机构，也搜育儿和办事',
  placeholder: '机构名、发烧、辅食、产假…',
  institutions: '机构',
  onlyInstitutions: '只在机构里找',
  all: (total: number): string => `查看全部 ${String(total)} 家`,
  allPages: (total: number): string => `查看全部 ${String(total)} 条`,
  back: '回到全部结果',
  count: (total: number): string => `${String(total)} 条`,
  institutionCount: (total: number): string => `${String(total)} 家`,
  jump: '结果分组',
  urgent: '先看这篇',
  callIf: '有文中写的危险信号，马上打',
  danger: '孩子叫不醒、喘不上气、抽搐，先打',
  section: (heading: string): string => `见“${heading}”一节`,
  callNote: (call: string): string => `紧急时打 ${call}`,
  none: (typed: string): string => `没有找到“${typed}”`,
  noneHow: ['换一个短一点的词，比如“发烧”“辅食”“产假”。', '用拼音也可以，比如 fashao。', '找机构，可以只写名字里的两三个字，或者街道名。'],
  instead: '也可以直接看',
  tryThese: '可以这样搜',
  policy: '政策和手续',
  help: '帮助',
} as const;

/** Words to begin with. */
export const usualSearches = ['发烧', '噎住', '加辅食', '夜醒', '打疫苗', '入托材料', '产假', '育儿补贴'] as const;

/** The groups of a page of results. */
export const guideGroups = { article: '学育儿', policy: '政策和办事', help: '帮助' } as const satisfies Record<GuideKind, string>;

/** Where a page that was found stands, seen from a place. */
export const guideHref = (slug: string, { kind, key }: Pick<Guide, 'kind' | 'key'>): string => {
  if (kind === 'help') return `/help/#${key}`;
  return kind === 'article' ? `/${slug}/guidance/${key}/` : `/${slug}/policy/${key}/`;
};

/** 全站搜索 of a place: the page, with what was typed and the one group that is shown whole. */
export const searchHref = (slug: string, typed: string, group?: GuideKind): string => {
  const parameters = new URLSearchParams({ ...(typed === '' ? {} : { q: typed }), ...(group === undefined ? {} : { in: group }) }).toString();
  return `/${slug}/search/${parameters === '' ? '' : `?${parameters}`}`;
};
