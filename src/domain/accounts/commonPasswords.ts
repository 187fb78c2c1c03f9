/*
 * 常用密码表 (ASVS 5.0 6.2.4): what people write when a password must be long. No leaked list is copied; it is made here
 * from what is publicly known of the habit: a name or word everybody has, then digits everybody has. The parts below are the whole list on disk.
 */
const words = (text: string): readonly string[] => text.split(' ');

// Surnames and given names that very many people bear, in pinyin.
const surnames = words('wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo');
const givenNames = words('wei fang na xiuying min jing lihua li qiang lei jun yang yong yan jie juan tao ming chao xia ping gang guiying jianguo jianhua haiyan xiaoming xiaohong');
const bases = [
  // Words and keyboard walks that people take first.
  ...words('password passw0rd admin administrator root guest test user login welcome letmein iloveyou sunshine princess football baseball superman batman dragon monkey master shadow michael jordan freedom whatever trustno hello charlie thomas killer pepper summer winter spring computer internet secret changeme qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 a1b2c3d4 abc abcd abcdef aaa asd qwe zxc google apple samsung huawei xiaomi windows oracle server manager system'),
  // The same in pinyin.
  ...words('mima wodemima zhanghao denglu woaini woaiwojia woaini1314 aini woai baobao baobei baobeiwoaini laopo laogong mama baba mamababa nihao nihaoma shengrikuaile xingfu kuaile pingan jiankang facai gongxifacai daji dajidali yiqieshunli xiexie gongzuo danwei bangong bangongshi guanli guanliyuan jiankong caiwu renshi yuanzhang laoshi xuexiao xuesheng tuoyu tuoyuyuan tuoersuo youeryuan zaojiao yuer ertong haizi baobaoban weijian weijianwei weijianju weishengju zhongguo zhonghua woaizhongguo'),
  // Large cities, provinces and sites; the account's own place is among the words it is checked against.
  ...words('beijing shanghai tianjin chongqing guangzhou shenzhen hangzhou nanjing suzhou chengdu wuhan xian jinan qingdao dalian shenyang changchun haerbin zhengzhou changsha nanchang hefei fuzhou xiamen kunming guiyang nanning haikou taiyuan shijiazhuang lanzhou xining yinchuan wulumuqi lasa huhehaote shanxi shandong jiangsu zhejiang guangdong sichuan henan hunan hubei anhui fujian taobao weixin wechat alibaba tencent baidu weibo douyin zhifubao alipay'),
  ...surnames.flatMap((surname) => givenNames.map((given) => surname + given)),
];

const span = (first: number, last: number): readonly string[] => Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
const digits = '123456789';
const tails = [
  ...words('123456 1234567 12345678 123456789 1234567890 123123 123321 321321 654321 987654321 112233 11223344 1122334455 147258 147258369 159357 159753 789456 789456123'),
  ...words('000000 111111 222222 333333 555555 666666 777777 888888 999999 00000000 11111111 66666666 88888888 88888888888 168168 518518 666888 888666 886886'),
  ...words('520520 521521 5201314 52013145201314 1314520 13145200 1314521 201314 20131420 abc123 abcd1234 qwe123 asd123 qwer1234 aa123456 a123456 a12345678 qwerty admin admin123 password'),
  ...words('2008 20080808 19491001 20000101 19900101 19880808 19800101 20010101 20200101 20240101 20250101 20260101'),
  // A year of birth or of today, alone, twice, and before the first digits.
  ...[...span(1960, 2005), ...span(2015, 2030)].flatMap((year) => [year, year + year, year + digits.slice(0, 6), `${year}123`, `123${year}`, digits.slice(0, 6) + year]),
];
const fewest = 10; // shorter than the shortest password taken, for signs set between the parts are not counted

/** Letters and digits of a password, small: 「ZhangWei@1990」 and 「zhangwei1990」 are one choice. */
const bare = (password: string): string => password.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Every password of the list as letters and digits, of at least `least` characters; for counting, not for asking. */
export function* commonPasswords(least: number): Generator<string> {
  for (const base of bases) for (const tail of tails) if (base.length + tail.length >= least) yield base + tail;
}

const [heads, ends] = [new Set(bases), new Set(tails)];
const longestBase = Math.max(...bases.map(({ length }) => length));

/** Whether a password is of the list, whatever its case, width and signs between; takes at most one look per character of the longest base, the list is never written out. */
export function isCommonPassword(password: string): boolean {
  const text = bare(password);
  if (text.length < fewest) return false;
  for (let at = 1; at <= Math.min(longestBase, text.length - 1); at += 1) {
    // Digits come after as often as before.
    if (heads.has(text.slice(0, at)) && ends.has(text.slice(at))) return true;
    if (heads.has(text.slice(-at)) && ends.has(text.slice(0, -at))) return true;
  }
  return false;
}
