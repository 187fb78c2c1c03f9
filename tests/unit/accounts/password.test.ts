import { describe, expect, test } from 'vitest';
import { instant } from '#domain/shared/dates.ts';
import { commonPasswords, isCommonPassword } from '#domain/accounts/commonPasswords.ts';
import { checkPassword, isPasswordOld, noPolicy, passwordLengths } from '#domain/accounts/password.ts';

const institution = { roles: ['institution'] } as const;
const clerk = { roles: ['clerk'] } as const;
const words = ['hb-jingban', '示例·小森林托育园', '北岸区', 'beian'];

describe('a password', () => {
  test.each([
    ['fifteen characters of an institution', 'correct horse b', institution],
    ['twelve of a clerk, who has a second step', 'marmot Ofen 7', clerk],
    ['Chinese, where every character counts', '窗外下雨时我们一起画蓝色的鲸鱼', institution],
    ['a passphrase with a known word in it', '宝宝 梧桐 铅笔 河马 台阶 雨衣 风筝 棉袄', institution],
  ])('may be %s', (_what, typed, account) => { expect(checkPassword(typed, account, words)).toBeUndefined(); });

  test.each([
    ['fourteen characters where it stands alone', 'correct horse ', institution, 'too-short'],
    ['eleven with a second step', 'marmot Ofen', clerk, 'too-short'],
    ['129 characters', 'aB3 x'.repeat(25) + 'zQ7k', institution, 'too-long'],
    ['what everybody chooses', 'password123456789', institution, 'common'],
    ['what everybody chooses, in wide letters', 'ｐａｓｓｗｏｒｄ123456789', institution, 'common'],
    ['love in pinyin and digits', 'woaini1314520520', institution, 'common'],
    ['a row of keys', 'qwertyuiopasdfghjkl', institution, 'common'],
    ['a row of keys walked down', '1qaz2wsx3edc4rfv', institution, 'common'],
    ['the digits in order', '123456789012345', institution, 'common'],
    ['one character again and again', 'aaaaaaaaaaaaaaaa', institution, 'repeated'],
    ['a short piece again and again', 'k9!k9!k9!k9!k9!k9!', institution, 'repeated'],
    ['the name of the institution and a year', '示例·小森林托育园2026 2026', institution, 'guessable'],
    ['the login and the place', 'hb-jingban-beian-2026', institution, 'guessable'],
    ['the trade', '托育机构tuoyu123456', clerk, 'guessable'],
  ])('may not be %s', (_what, typed, account, reason) => { expect(checkPassword(typed, account, words)).toBe(reason); });

  test('is not asked for capitals, digits or signs, and may be 128 characters long', () => {
    expect(checkPassword('birke kessel wolke faden', institution, words)).toBeUndefined();
    expect(checkPassword(Array.from({ length: 128 }, (_, at) => String.fromCharCode(0x4e00 + at * 37)).join(''), institution, words)).toBeUndefined();
  });
});

describe('the list of common passwords', () => {
  test.each([['alone', institution, passwordLengths.alone], ['with a second step', clerk, passwordLengths.withTotp]] as const)('holds 3,000 and more as long as one taken %s, and every one is refused', (_how, account, least) => {
    const listed = new Set(commonPasswords(least));
    expect(listed.size).toBeGreaterThanOrEqual(3000);
    expect([...listed].filter((password) => !isCommonPassword(password))).toEqual([]);
    const some = [...listed].filter((_password, at) => at % 97 === 0);
    expect(some.filter((password) => checkPassword(password, account, []) === undefined)).toEqual([]);
  });

  test.each(['ZhangWei@19850623123456', 'zhangwei198519851985'])('leaves what only looks alike: %s', (typed) => { expect(isCommonPassword(typed)).toBe(false); });

  test.each(['ZhangWei@1985123456', '1985123456_zhangwei', 'ｚｈａｎｇｗｅｉ１９８５１２３４５６', 'Tianjin#20262026', 'wangxiaoming!5201314'])('knows %s in any case, width and order, with signs between', (typed) => {
    expect(checkPassword(typed, clerk, [])).toBe('common');
  });
});

describe('the switches for assessors', () => {
  const chinese = '窗外下雨时我们一起画蓝色的鲸鱼';
  test('ask for kinds of sign only when they are on', () => {
    expect(checkPassword(chinese, institution, words)).toBeUndefined();
    expect(checkPassword(chinese, institution, words, { classes: 2 })).toBe('too-few-kinds');
    expect(checkPassword('marmot ofen treppe linde', institution, words, { classes: 3 })).toBe('too-few-kinds');
    expect(checkPassword('Marmot ofen treppe linde', institution, words, { classes: 3 })).toBeUndefined();
    expect(checkPassword('Marmot ofen treppe linde', institution, words, { classes: 4 })).toBe('too-few-kinds');
    expect(checkPassword('Marmot ofen treppe linde 8', institution, words, { classes: 4 })).toBeUndefined();
  });

  test('let a password grow old only when they are on, counted from the account\'s beginning where nobody wrote down when it was set', () => {
    const day = 86_400_000;
    const [createdAt, passwordSetAt] = [instant.parse(0), instant.parse(100 * day)];
    expect(isPasswordOld({ createdAt, passwordSetAt: null }, noPolicy, 9_999 * day)).toBe(false);
    const policy = { ...noPolicy, maxAgeDays: 90 };
    expect(isPasswordOld({ createdAt, passwordSetAt }, policy, 190 * day - 1)).toBe(false);
    expect(isPasswordOld({ createdAt, passwordSetAt }, policy, 190 * day)).toBe(true);
    expect(isPasswordOld({ createdAt, passwordSetAt: null }, policy, 90 * day)).toBe(true);
  });
});
