/** Words of the page that lists an institution's open visits. */
export const slotsText = {
  title: '预约参观',
  lede: '选一个时间。两周内可约的时段都在这里。',
  book: '预约',
  seats: (open: number): string => `还可约 ${String(open)} 家`,
  full: '约满或已截止',
  noneTitle: '两周内没有可约的参观时间',
  noneCall: '可以直接打电话和机构商量。',
  noneAsk: '机构还没有开放新的时段，请过几天再看。',
  notBookable: '这里不接受预约',
  back: '回到机构页面',
  note: '预约免费，不代表取得托位。孕期也可以先约参观。',
} as const;
