import { z } from 'zod';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** 角色. An account has one or more; what each may do is the table below. */
export const roles = ['institution', 'clerk', 'reviewer', 'department', 'street', 'systemAdmin', 'securityAdmin', 'auditor'] as const;
export type Role = (typeof roles)[number];
export const role = z.enum(roles);

/** 三员: the roles that keep the system, the rights and the record, apart from everyday business. */
export const keeperRoles: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditor'];

/** 岗位设置 of a place: `small` lets two people do everything between them, `separated` (三员分立) keeps keepers' roles apart. */
export const accountProfiles = ['small', 'separated'] as const;
export type AccountProfile = (typeof accountProfiles)[number];

/** 权限: who may do what. A page asks for a permission, never for a role; the row itself (this institution's, this street's) is checked again in the domain. */
export const permissions = {
  /** 机构工作台 and 办公室: to be inside at all. */
  'portal': ['institution'],
  'office': ['clerk', 'reviewer', 'department', 'street', 'systemAdmin', 'securityAdmin', 'auditor'],
  /** 机构展示信息: own words; entered by the street (街道代录); reviewed. */
  'listing.edit': ['institution'], 'listing.enter': ['street', 'clerk'], 'listing.review': ['reviewer'],
  /** 预约: an institution's times and the visits booked with it; visits at home by a street's team. */
  'slots.edit': ['institution'], 'bookings.read': ['institution'], 'bookings.write': ['institution'], 'homeVisits.edit': ['street'],
  /** 备案状态, 登记情况, 名录导入. */
  'filing.read': ['clerk', 'reviewer', 'street'], 'filing.write': ['clerk', 'reviewer'], 'import.prepare': ['clerk', 'reviewer'], 'import.commit': ['reviewer'],
  /** 暂停展示 at once by one; 停止展示 for good by a second. */
  'institution.suspend': ['clerk', 'reviewer'], 'institution.takeDown': ['reviewer'],
  /** 监督: assessments, inspections, decisions, duties of the year; on the spot; 摸排线索; 在托人数. */
  'supervision.read': ['clerk', 'reviewer', 'street', 'auditor'], 'supervision.write': ['clerk', 'reviewer'], 'inspection.write': ['street', 'clerk'], 'lead.write': ['street', 'clerk'],
  'supervision.report': ['institution'], 'count.report': ['institution', 'street'], 'count.read': ['clerk', 'reviewer', 'street'],
  /** 投诉: seeing what lies in one's scope, taking down, assigning, handling what was handed to one's department, deciding, an institution's word in reply. */
  'complaint.read': ['clerk', 'reviewer', 'department', 'street'], 'complaint.intake': ['clerk', 'street'], 'complaint.assign': ['clerk', 'reviewer'], 'complaint.handle': ['department', 'street', 'clerk', 'reviewer'], 'complaint.decide': ['reviewer'], 'complaint.reply': ['institution'],
  /** 查看投诉人身份: with a reason, recorded before it is shown. */
  'complaint.identity': ['clerk', 'reviewer'],
  /** 电话名单, 通知, 信息有误. */
  'calls.work': ['clerk', 'street', 'institution'], 'notice.write': ['clerk', 'reviewer'], 'correction.handle': ['clerk', 'reviewer', 'institution'],
  /** 批量导出: asked for by one, approved by another; the page where both stand. */
  'export.read': ['clerk', 'reviewer', 'systemAdmin', 'securityAdmin'], 'export.request': ['clerk', 'reviewer', 'systemAdmin'], 'export.approve': ['reviewer', 'securityAdmin'],
  /** 账号: made and ended; roles and second steps; the record of what was done. */
  'account.read': ['systemAdmin', 'securityAdmin'], 'account.write': ['systemAdmin'], 'account.secure': ['securityAdmin'], 'audit.read': ['auditor'],
  /** Everyone who signs in: one's own password, codes and sessions. */
  'own': roles,
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Permission = keyof typeof permissions;

export const accountStates = ['invited', 'active', 'disabled'] as const;
export type AccountState = (typeof accountStates)[number];

/** 账号: someone who signs in. No name of a person is needed; `title` is the post, 妇幼科审核岗. */
export type Account = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly login: string; readonly title: string | null;
  readonly roles: readonly Role[];
  readonly institution: string | null;
  /** Key of the department within its place. */
  readonly department: string | null;
  readonly subdistrict: SubdistrictCode | null;
  readonly state: AccountState; readonly hasTotp: boolean; readonly version: number; readonly createdAt: Instant;
  /** Real time; null when it was set before this was written down. */
  readonly passwordSetAt: Instant | null;
};

/** 登录会话, without its token: only a hash of that is kept. All times are real, never `NOW`. */
export type Session = {
  readonly id: string; readonly account: string; readonly openedAt: Instant; readonly seenAt: Instant;
  /** When password (and code) were last asked for. */
  readonly provedAt: Instant;
  /** What the browser says of itself, shortened: 手机 · Chrome. */
  readonly device: string;
  /** Whether something stands in 登录提醒 that its holder has not answered. */
  readonly isWarned: boolean;
};

/** 设备 a request comes from: what it says of itself, and the random cookie by which it is known again; nothing else is looked at. */
export type Device = { readonly name: string; readonly token: string };

/** 登录提醒: somebody signed in from a browser this account had not used before, or after many wrong tries. */
export const signInNoticeKinds = ['newDevice', 'failures'] as const;
export type SignInNoticeKind = (typeof signInNoticeKinds)[number];
export const noticeAnswers = ['mine', 'notMine'] as const;
export type NoticeAnswer = (typeof noticeAnswers)[number];
/** `times`: wrong tries before it. All instants are real. */
export type SignInNotice = { readonly id: string; readonly account: string; readonly kind: SignInNoticeKind; readonly at: Instant; readonly device: string; readonly times: number; readonly answer: NoticeAnswer | null };

/** Wrong tries since the last sign-in from which on the holder is told, days for which a notice is shown, and for which browsers and notices are kept: bounds of this site. */
export const noticeBounds = { failures: 5, days: 30, keptDays: 180 } as const;

/** What a person types as 登录名: any case and width, compared in small letters. */
export const login = z.string().transform((typed) => typed.normalize('NFKC').trim().toLowerCase()).pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'format'));

/** Whether an account must have a second step: everyone but institutions, who may. */
export const needsTotp = (account: Pick<Account, 'roles'>): boolean => account.roles.some((one) => one !== 'institution');

/** Whether one account may hold these roles: an institution's holds nothing else, and under 三员分立 a keeper's nothing but that one. */
export const mayHold = (held: readonly Role[], profile: AccountProfile): boolean => {
  if (held.length === 0 || new Set(held).size !== held.length) return false;
  if (held.includes('institution')) return held.length === 1;
  return profile === 'small' || held.length === 1 || !held.some((one) => keeperRoles.includes(one));
};

/** Roles that count here and now: where a place has turned to 三员分立, an account that mixes keeps its business and loses the rest. */
export const rolesInForce = (held: readonly Role[], profile: AccountProfile): readonly Role[] =>
  mayHold(held, profile) ? held : held.filter((one) => !keeperRoles.includes(one));

/** 有无权限: whether an account in force may do something under its place's profile. */
export const may = (account: Pick<Account, 'roles' | 'state'>, permission: Permission, profile: AccountProfile): boolean => {
  const allowed: readonly Role[] = permissions[permission];
  return account.state === 'active' && rolesInForce(account.roles, profile).some((one) => allowed.includes(one));
};
