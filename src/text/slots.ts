/** Words of the page that lists an institution's open times. */
export const slotsText = {
  book: '预约',
  wait: '候补',
  choices: '可以约什么',
  careTitle: '照护须知',
  careDiffers: '各个时段的收费和要求不一样，选好时间后在下一页看。',
  call: '可以直接打电话和机构商量。',
  noneCall: '可以直接打电话和机构商量：',
  noneAsk: '机构还没有开放新的时段，请过几天再看。',
  notBookable: '这里不接受预约',
  back: '回到机构页面',
  tellMe: '有空位告诉我',
} as const;
