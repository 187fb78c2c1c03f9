/** Cookie 清单: every cookie this site can set, in the words of /privacy/; `seconds` is null where it ends with the browser. A test holds it equal to the code. */
export const cookieText = [
  { name: 'mode', seconds: 365 * 86_400, what: '选了长辈版还是普通版，不含个人信息', who: '换过长辈版或普通版的人', lasts: '一年' },
  { name: '__Host-receipt', seconds: 600, what: '刚提交的预约、登记或投诉的回执，加密保存，好让您看到编号', who: '刚提交完的人', lasts: '10 分钟' },
  { name: '__Host-sid', seconds: null, what: '登录凭据，一串随机字符', who: '只有登录的工作人员', lasts: '关掉浏览器为止；30 分钟没有使用，或登录满 12 小时，也会失效' },
  { name: '__Host-device', seconds: 180 * 86_400, what: '认出登录过的设备，一串随机字符，不含型号。换了设备登录时，好提醒本人', who: '只有登录过的工作人员', lasts: '180 天' },
  { name: '__Host-identity', seconds: 600, what: '去统一身份认证登录时的一次性记号，一串随机字符和要回到的页面', who: '只有用统一身份认证登录的工作人员', lasts: '登录完成就删，最多 10 分钟' },
] as const;

/** What pages keep in the browser's own store; nothing of it is sent, but for an inspection that its inspector sends. */
export const deviceStoreText = [
  { name: 'tuoyu:shortlist', what: '收藏的机构，只记机构编号', lasts: '您取消收藏时' },
  { name: 'tuoyu:this-month', what: '“本月宝宝”里填的出生日期或预产期', lasts: '您点“从这台设备上删掉日期”时' },
  { name: 'tuoyu:growth', what: '“生长曲线”里记的出生日期、性别、身长、体重和头围', lasts: '您点“全部从这台设备上删掉”时' },
  { name: 'read-', what: '读过的养育指导文章，没有网络时也能看', lasts: '最多 40 篇，再读新的就删最早的' },
  { name: 'inspections', what: '巡查人员存到手机上的机构名单和没发出的巡查表（只有工作人员有）', lasts: '名单在退出登录时删，写好的在发送成功后删' },
] as const;

export const privacyText = {
  cookies: '本站会写的 Cookie', cookieColumns: ['记什么', '谁会有', '留多久', '名称'], cookieNote: '本站只写下面几个 Cookie（浏览器里的小文件），没有用来跟踪的。',
  store: '只留在您这台设备上的内容', storeColumns: ['内容', '何时删掉'], storeNote: '下面这些留在浏览器里，不传给别的网站；清除浏览数据时也会没有。别人用这台设备时可能看到。',
} as const;
