import type { AccountState } from '#domain/accounts/model.ts';
import type { CreateRefusal } from '#domain/accounts/commands.ts';
import type { PasswordPolicy, PasswordRefusal } from '#domain/accounts/password.ts';

/** A wait in words: seconds, or minutes rounded up. */
const waitText = (seconds: number): string => (seconds <= 90 ? `${String(seconds)} 秒` : `${String(Math.ceil(seconds / 60))} 分钟`);

/** What this site's own switches add to the advice on passwords. */
const policyText = ({ maxAgeDays, classes }: PasswordPolicy): string =>
  `${classes === 0 ? '' : `大写字母、小写字母、数字、其他字符（汉字、空格、符号）里至少要有 ${String(classes)} 种。`}${maxAgeDays === null ? '不用定期更换。' : `满 ${String(maxAgeDays)} 天要换一次。`}`;

/** Words of 登录, 激活 and 我的账号. */
export const accountText = {
  signIn: '登录', signInWho: '这里供托育机构和主管部门的工作人员登录。家长查机构、约参观、提诉求都不用登录。',
  login: '登录名', password: '密码', passwordNow: '现在的密码', passwordNew: '新密码', passwordAgain: '再输一遍密码', signInButton: '登录',
  activated: '密码已经设好，请用它登录。', signedOut: '已退出登录。', expired: '登录已结束（30 分钟没有操作，或已满 12 小时）。请重新登录，登录后会回到刚才的页面。',
  identity: (name: string) => `用${name}登录`,
  keptNot: '密码和动态码不会保留，请重新输入。',
  forgot: '忘了密码？', forgotHow: '本站不发短信、不用邮件重设密码。请联系本单位的系统管理员重发激活信；托育机构请联系所在地的主管部门。',
  code: '动态码', codeTitle: '输入动态码', codeHint: '打开手机上的验证器，输入 6 位数字。手机不在身边，可以输入一个备用码，每个备用码只能用一次。', codeButton: '确认',
  setUp: '设置动态码', setUpWhy: '主管部门的账号除密码外还要一个动态码，这样密码泄露了别人也登录不了。只需设置一次。',
  setUpStep1: '在手机上打开任意一个支持“动态口令（TOTP）”的验证器，扫描这个二维码。', setUpStep1Manual: '不能扫码的，选“手动输入密钥”，输入：', setUpStep2: '输入验证器上显示的 6 位数字。', setUpButton: '完成设置',
  qr: '动态码的二维码', codesTitle: '请保存备用码', codesWhy: '手机丢了、换了的时候，用备用码登录。每个只能用一次。这一页只显示这一次，请打印或抄下，和身份证件一样保管，不要拍照发给别人。', codesNext: '已保存，继续',
  again: '再确认一次身份', againWhy: '接下来的操作比较重要，请再输入一次密码。确认后十分钟内不再询问。', againButton: '确认身份',
  activate: '激活账号', activateWho: '第一次登录前，用激活信上的激活码设置自己的密码。', activationCode: '激活码', activationHint: '24 个字母和数字，横线和大小写不影响。扫激活信上的二维码进来的，这里已经填好。',
  activateButton: '设置密码', activateDone: '账号已激活', activateDoneWhat: (login: string) => `您的登录名是 ${login}。以后用登录名和刚才设置的密码登录。`,
  passwordOld: (days: number) => `密码用了 ${String(days)} 天以上。按本站的规定，请先在下面修改密码，再继续。`,
  passwordHint: (shortest: number, policy: PasswordPolicy) => `至少 ${String(shortest)} 个字，中文、字母、数字、空格都可以。用几个不相干的词连成一句最好记也最难猜，不要用单位名、人名、生日和键盘上连着的字。${policyText(policy)}`,
  passwordHintEither: (policy: PasswordPolicy) => `托育机构的账号至少 15 个字，主管部门的账号至少 12 个字；中文、字母、数字、空格都可以。用几个不相干的词连成一句最好记也最难猜，不要用单位名、人名、生日和键盘上连着的字。${policyText(policy)}`,
  account: '我的账号', whoAmI: '账号', rolesLabel: '岗位', placeLabel: '地区', institutionLabel: '机构',
  changePassword: '修改密码', changeButton: '修改密码', passwordChanged: '密码已修改。其他设备上的登录都已结束。',
  totp: '动态码', totpOn: '已设置。', totpOff: '未设置。设置后，密码泄露了别人也登录不了。', totpStart: '设置动态码', totpAnew: '换手机：重新设置', totpSet: '动态码已设置。',
  recovery: '备用码', recoveryLeft: (left: number) => `还剩 ${String(left)} 个没有用过。`, recoveryNew: '换一组新的备用码', recoveryWarn: '换了以后，原来的都不能再用。',
  sessions: '登录着的设备', sessionsWhat: '有不认识的，马上结束它，并修改密码。', thisSession: '本机', openedAt: '登录', seenAt: '最近使用', endSession: '结束', endLabel: (device: string) => `结束 ${device} 的登录`,
  endOthers: '结束其他全部登录', sessionEnded: '已结束。', changedMeanwhile: '账号刚刚在别处改动过，请再试一次。', newLink: '请重新开始。',
} as const;

/** Why a sign-in did not go on; the same whatever was wrong with login or password. */
export const signInRefusalText = {
  wrong: () => '登录名或密码不对。请检查大小写和输入法后再试。',
  wrongCode: () => '动态码不对，或刚才用过了。每个动态码只能用一次，请等下一个出现再输入；也请检查手机时间是否准确。',
  wrongProof: () => '密码或动态码不对。每个动态码只能用一次，请等下一个出现再输入。',
  gone: () => '停留得太久了，或账号刚刚改动过。请重新输入登录名和密码。',
  busy: () => '现在登录的人很多，请过几秒再试。',
  wait: (seconds: number) => `连续几次没有通过，请过 ${waitText(seconds)}再试。账号没有被锁住。`,
} as const;

/** Why a sign-in by way of the identity provider did not go on; nobody learns whether an account exists. */
export const identityRefusalText = {
  'refused': (name: string) => `${name}没有确认您的身份，或者等得太久了。请再试一次，也可以用登录名和密码登录。`,
  'not-linked': (name: string) => `您在${name}的身份还没有对应到本站的账号。请联系本单位的系统管理员，也可以用登录名和密码登录。`,
  'stale': (name: string) => `${name}的确认已经用过或过期了。请再试一次。`,
} as const;

/** Why a password is not taken. */
export const passwordRefusalText = {
  'too-short': '密码太短了。', 'too-long': '密码太长了，最多 128 个字。', 'common': '这是很多人用的密码，最先被猜到。请换一个。',
  'guessable': '去掉单位名、地名、登录名和键盘上连着的字以后，剩下的太少。请换几个不相干的词。', 'repeated': '重复的字太多。请换几个不相干的词。',
  'too-few-kinds': '字符的种类不够。请加上大写字母、小写字母、数字或符号。', 'unchanged': '新密码和现在的一样。请换一个。',
} satisfies Record<PasswordRefusal, string>;

/** What is missing or does not agree. */
export const accountFieldText = {
  login: '请输入登录名。', password: '请输入密码。', code: '请输入动态码或备用码。', activationCode: '请输入激活信上的激活码。', again: '两次输入的密码不一样。', present: '请输入现在的密码。', presentWrong: '现在的密码不对。',
  activationGone: '激活码不对、已经用过，或已超过 72 小时。请核对；还是不行，请联系给您寄信的单位重发。', activationWait: (seconds: number) => `试得太多了，请过 ${waitText(seconds)}再试。`,
} as const;

/** Why an account was not made. */
export const createRefusalText = {
  'login-taken': '这个登录名已经有人用了，请换一个。', 'roles-not-together': '这几个岗位不能由一个账号兼任：托育机构只能是托育机构；实行三员分立的地区，系统管理员、安全管理员、审计员不能兼任其他岗位。',
  'institution-needed': '请选择这个账号属于哪家机构。', 'institution-not-allowed': '只有托育机构的账号属于一家机构。', 'department-needed': '请选择部门。', 'subdistrict-needed': '请选择街道或乡镇。',
} satisfies Record<CreateRefusal, string>;

export const accountStateText = { invited: '待激活', active: '使用中', disabled: '已停用' } satisfies Record<AccountState, string>;

/** Words of 账号, where accounts are made and ended. */
export const accountListText = {
  title: '账号', intro: '账号只给到岗位，不共用。这里看不到任何人的密码，也不能替别人设密码：新账号由本人用激活码设置。',
  create: '建立账号', login: '登录名', loginHint: '3 到 40 个字：小写字母、数字、点、横线、下划线。', loginRule: '登录名用 3 到 40 个小写字母、数字、点、横线或下划线，第一个是字母或数字。',
  postTitle: '岗位名称', postHint: '写岗位，不写人名，例如“妇幼科审核岗”。', roles: '岗位', rolesNeeded: '请至少选一个岗位。', institution: '机构', institutionHint: '托育机构的账号填这一项：机构全称、统一社会信用代码都可以。', institutionUnknown: '本地区没有找到这家机构，请核对全称或统一社会信用代码。',
  department: '部门', subdistrict: '街道或乡镇', choose: '不选', createButton: '建立账号，生成激活信',
  letter: '激活信', letterOnce: '激活码只显示这一次，请现在打印，交给本人。', until: '有效期至', list: '现有账号', where: '单位与岗位', mine: '您自己', noTotp: '未设动态码',
  invite: '重发激活信', disable: '停用', handOver: '负责人变更：交给新账号', handOverTo: '新账号的登录名', handOverButton: '生成交接的激活信', handOverHow: '新账号激活的同时，这个账号停用、登录全部结束。', resetTotp: '重设动态码', more: '办理',
  disabled: (login: string) => `${login} 已停用，登录都已结束。它做过的事仍留有记录。`, totpReset: (login: string) => `${login} 的动态码已清除，下次登录时重新设置。`,
  notYourself: '不能停用或重设自己的账号，请由另一位管理员办理。', gone: '没有这个账号，或刚刚已经停用。', refused: '您的岗位不能办理这一项。',
} as const;
