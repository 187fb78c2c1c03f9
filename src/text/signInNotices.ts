import type { NoticeAnswer, SignInNoticeKind } from '#domain/accounts/model.ts';

/** 登录提醒 to the holder of an account, and to whoever keeps the rights of a place. */
export const noticeKindText = { newDevice: '在新设备上登录', failures: '多次输错后登录' } as const satisfies Record<SignInNoticeKind, string>;
export const noticeAnswerText = { mine: '已确认是本人', notMine: '不是本人' } as const satisfies Record<NoticeAnswer, string>;

export const signInNoticeText = {
  title: '登录提醒', banner: '您的账号有新的登录提醒：有过新设备登录，或多次输错密码。', look: '去看看是不是您本人',
  own: '三十天内，这个账号在没用过的设备上登录过，或者输错五次以上才登录。是您本人就确认一下；不是，别人可能知道了您的密码。', times: (times: number): string => `输错 ${String(times)} 次`,
  mine: '都是我本人', notMine: '不是我', mineDone: '已确认，这些提醒不再显示。', notMineDone: '已结束其他所有登录。请马上改密码，并告诉本单位的安全管理员。', notHere: '这台设备比提醒的登录还新，不能在这里确认。请用以前登录过的设备确认；没有的，请告诉安全管理员。', nothing: '没有要确认的提醒。',
  officeTitle: '登录提醒', intro: '三十天内各账号的新设备登录和多次输错。只认设备上的一串随机数，不收集设备型号和网络地址。“不是本人”的请先结束它的登录，再核实。', columns: ['账号', '情况', '时间', '设备', '本人确认'] as const, none: '三十天内没有登录提醒', noneWhat: '账号在没用过的设备上登录，或者输错五次以上才登录，会出现在这里。', open: '还没有确认', gone: '账号已不在',
  end: '结束登录', endWhich: '结束哪个账号的登录', endWhat: '账号仍可再登录；怀疑密码泄露的，请系统管理员停用或重发激活信。', ended: (login: string): string => `${login} 的登录已全部结束。`, choose: '请选择账号', chooseWrong: '请从列表里选账号。',
} as const;
