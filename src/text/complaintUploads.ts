/** What is wrong with files somebody wanted to add, and the way out. */
export const complaintFileText = {
  'too-many': '一次最多 9 个文件。请去掉几个，或提交后在办理进度里补充。',
  'too-large': '每个文件最大 10 MB。请换一张小一些的照片，或截图后再选。',
  'too-large-together': '文件加起来最大 40 MB。请去掉几个，或提交后在办理进度里补充。',
  one: (ordinal: number, reason: keyof typeof reasons): string => `第 ${ordinal} 个文件${reasons[reason]}`,
  name: (ordinal: number): string => `附件 ${ordinal}`,
} as const;

const reasons = {
  empty: '是空的。请重新选择。',
  heic: '是 HEIC 格式，很多电脑打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或把照片截图，再选截图。',
  svg: '是 SVG 图形，不能收。请截图后再选截图。',
  'not-allowed': '不是照片或 PDF。可以选 JPG、PNG、WebP 照片，或 PDF 文件；视频和录音请先自己保存好，办理人员会联系您来取。',
  'too-many-pixels': '的尺寸太大（超过 5000 万像素）。请截图后再选截图。',
  broken: '打不开，可能没有传完整。请重新选择，或截图后再选。',
  'active-pdf': '是带脚本、附件或自动动作的 PDF，不能收。请打印成不带动作的 PDF，或截图后再选。',
} as const;
