/** Words of the page that stands in when there is no network. */
export const offlineText = {
  title: '现在没有连上网',
  lede: '这一页要连上网才能看。读过的文章都还在。',
  kept: '现在能看的文章',
  none: '还没有存下的文章。连上网，打开“学育儿”看一篇，下次没有网也能看。',
  then: '连上网以后，刷新这一页。',
  urgent: '情况急，打 120。打电话不用上网。',
} as const;
