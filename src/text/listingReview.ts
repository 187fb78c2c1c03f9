/** Words of the review of 展示信息. */
export const listingReviewText = {
  title: '展示信息审核', intro: '机构或街道提交的页面内容，等得最久的排在前面。停班、空位由机构直接公布，不在这里。', none: '现在没有等审核的内容。', street: '街道', allStreets: (count: number): string => `全部（${String(count)}）`, oneStreet: (name: string, count: number): string => `${name}（${String(count)}）`, noStreet: '街道未填报',
  waits: (day: string, days: number): string => `${day}提交${days === 0 ? '，今天' : `，已等 ${String(days)} 天`}`, onlyPhotos: '只有照片', fromStreet: '街道代录', enter: '代机构填写', back: '回到列表', next: '下一份', was: '现在', will: '改为', state: (text: string): string => `这份内容：${text}`,
  changes: '改动', noChanges: '没有文字改动，只有照片。', stale: '公开页的这一组在提交后又有变化，不能直接公布，请退回让机构看过再提交。', warnings: '规则提醒（不拦下，由您判断）', photos: '照片', photoClear: '没有可辨认的儿童', photoHint: '逐张看过再勾。没有勾的不会公布，要写明原因退回。', illustration: '示意图',
  feesLater: (day: string): string => `收费从 ${day} 起执行：公布后先显示“拟调整”，到那天自己生效。`, feesUnheard: '这次收费调整没有写明公示日期，或没有听取家长委员会意见，请核实后再决定。', approve: '全部公布', partly: '只公布勾选的，其余退回', pick: (title: string): string => `公布“${title}”`, pickTitle: '只公布一部分', returnTitle: '退回修改', return: '退回', reason: '原因', words: '请机构怎样改', wordsHint: '机构会看到这段话，4 到 500 个字', reasonNeeded: '请选退回的原因。', wordsNeeded: '请写清楚要怎样改，4 到 500 个字。',
  done: { published: '已公布，公开页、列表和搜索已经是新内容。', returned: '已退回，机构能看到原因。', partly: '勾选的部分已公布，其余已退回。' }, doneBefore: { published: '上一份已公布，这是下一份。', returned: '上一份已退回，这是下一份。', partly: '上一份部分公布、其余退回，这是下一份。' }, own: '这份是您自己提交的，请由另一个人审核。', publicPage: '看公开页',
  refusal: { 'changed-meanwhile': '已被他人更改：这份内容刚刚有人处理过，请看现在的状态。', 'wrong-state': '已被他人更改：这份内容已经不在等审核。', 'needs-another': '这份是您自己提交的，请由另一个人审核。', stale: '公开页在提交后又有变化，没有公布。请退回让机构看过再提交。', reason: '有几组没有勾选，请写明退回的原因。', photo: '有照片没有勾“没有可辨认的儿童”：请逐张看过再勾，或选“只公布勾选的”并写明原因。' },
} as const;
