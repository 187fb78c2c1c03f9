/** Words of the receipt of a complaint. 已收到 is not 已受理: that is decided later, and told. */
export const receivedText = {
  title: '已收到', trail: '回执', noReceipt: '这里暂时没有可显示的回执', noReceiptWhat: '回执只在提交后的十分钟内、在同一台设备上显示。请用编号和查询码查看进度。',
  reference: '编号', lede: '您写的内容已经收到并加密保存。现在还没有受理；受理不受理，会在下面的日期前告诉您。', ledeSuggestion: '谢谢您。您写的内容已经收到，会转给能用上它的人。',
  codeAnonymous: '您选的是匿名，查询码是看答复的唯一办法，丢了没有人能补给您。', code: '查询码丢了，可以打电话给经办人，说明编号和您的称呼，核对后由他们把答复告诉您。',
  whoTitle: '交给谁，最晚哪天', sentTo: '已交给下面的部门；还没有登录本站的部门，由工作人员用转办单转交并登记签收。签收以前，进度里写“已转，等待签收”。',
  keepTitle: '请留好证据', keepUntil: (day: string): string => `监控录像一般至少保存 90 天，最迟在 ${day} 前请机构或经办人保存。录像可能更早被覆盖，越早说越好。`,
  nextTitle: '接下来', next: ['到时会确认并告诉您由谁办、受理不受理。', '有人问您问题时，进度里会写出来；您回答以前，期限暂停。', '办完会答复您，您可以评价；不满意的，可以在办结后 14 天内要求重新办。'],
  nextSuggestion: ['到时会告诉您转给了谁。', '有答复时，进度里会写出来。'],
  progress: '查进度、补充、撤回', print: '打印这一页', printHow: '也可以用浏览器的打印功能，或者截图、抄下来。', home: '回到首页', privacy: '用的是公用电脑或别人的手机，看完请关掉这一页，并清除浏览记录。',
  emergencyAgain: '情况变急了，直接打电话，不要等。',
} as const;
