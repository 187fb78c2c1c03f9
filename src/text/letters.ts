/** Words of the letter that brings an account to its holder. */
export const letterText = {
  file: '激活信',
  title: (place: string) => `${place}托育服务：账号激活信`,
  to: (name: string) => `${name}负责人：`,
  intro: '为您开通了机构工作台的账号。请由负责人本人或指定的一位工作人员，按下面的步骤设置密码。',
  qr: '激活链接的二维码', login: '登录名', code: '激活码', until: '有效期至',
  steps: (address: string): readonly string[] => [
    `用手机扫描上面的二维码；或者在电脑上打开 ${address} ，输入激活码。`,
    '设置一个至少 15 个字的密码（几个不相干的词连成一句）。密码只有您自己知道，任何人都不会向您索要。',
    '用登录名和密码登录。',
  ],
  care: (hours: number) => `激活码只能用一次，${String(hours)} 小时内有效。请像保管公章一样保管这封信，设好密码后撕毁；不要拍照转发。过期或遗失的，请联系寄信单位重发。负责人变更时，请联系寄信单位办理账号交接，不要把密码交给下一任。`,
} as const;
