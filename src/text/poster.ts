/** Words of the poster. */
export const posterText = {
  title: '海报',
  scan: '微信扫一扫，看收托月龄、空位、收费和备案信息',
  print: '用浏览器菜单里的“打印”，选 A4 纸。二维码指向这家机构在本站的页面。',
  qrAlt: (name: string): string => `${name}在本站的页面二维码`,
  save: '打开二维码图片（可长按保存）',
  keeper: '记录机关', on: '日期', address: '地址', phone: '电话',
  note: '备案是告知，不代表质量评价。信息以页面当天显示为准。',
  unavailable: '这家机构目前没有在册的备案或资质，不能制作海报。',
} as const;
