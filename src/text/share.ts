/** Words of 分享; few, because the browser loads them too. */
export const shareText = {
  label: '分享',
  hint: '复制下面这段，发给家人：',
  wechat: '在微信里，也可以点右上角“…”转发本页。',
  copy: '复制文字和链接',
  copied: '已复制，可以去微信粘贴',
  byHand: '没能自动复制，请长按上面的文字复制',
  compareHead: (place: string, count: number): string => `${place}：${String(count)} 家托育机构对照`,
  filingNote: '备案是告知，不代表质量评价；以机构当天答复为准。',
} as const;
