/** What a suggestion took out of a text. */
export type RedactedKind = 'phone' | 'identity' | 'name' | 'address' | 'account';
/** 脱敏建议: the text with marks in place of what could tell who wrote it. Staff always read and edit it before it goes anywhere. */
export type Redacted = { readonly text: string; readonly found: readonly RedactedKind[] };

const marks: Readonly<Record<RedactedKind, string>> = { phone: '［电话］', identity: '［证件号］', name: '［姓名］', address: '［住址］', account: '［账号］' };
const surname = '[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马方俞任袁柳唐罗薛雷贺倪汤滕殷毕郝安常乐于傅卞齐康伍余顾孟黄穆萧尹姚邵汪毛米成戴宋庞熊纪舒项祝董梁杜阮蓝闵席季麻贾路江童郭梅盛林钟徐邱骆高夏蔡田樊胡霍虞万管卢莫房解应宗丁宣邓洪包左石崔吉龚程邢裴陆荣翁段侯武刘景龙叶白赖卓池乔谭申冉桑牛边尚温柴瞿阎习艾向古易廖耿关欧阳上官司马诸葛]';
const title = '(?:先生|女士|爸爸|妈妈|爷爷|奶奶|家长|同学)';

/** In this order: longer digit runs before shorter ones, so that no half of a number is left. */
const rules: readonly (readonly [RedactedKind, RegExp])[] = [
  ['identity', /(?<!\d)\d{6}\s?(?:19|20)\d{2}\s?(?:0[1-9]|1[0-2])[0-3]\d\s?\d{3}[\dXx](?!\d)/g],
  ['phone', /(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g],
  ['phone', /(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)/g],
  ['account', /(?<!\d)\d(?:[\s-]?\d){12,18}(?!\d)/g],
  ['account', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['account', /(?<=(?:微信|QQ|qq|支付宝)(?:号)?[是为：:\s]{0,2})[A-Za-z0-9_-]{5,20}/g],
  ['address', /[\u4e00-\u9fff]{0,12}(?:路|街|道|巷|胡同|小区|花园|家园|新村|公寓)[\u4e00-\u9fff\d]{0,8}?\d{1,5}\s?[号栋幢楼弄](?:[\u4e00-\u9fff]?\d{1,4}\s?(?:单元|室|门|号|层|楼|栋|幢)){0,4}/g],
  ['address', /\d{1,4}\s?(?:栋|幢|号楼)\s?\d{0,3}\s?(?:单元)?\s?\d{1,4}\s?(?:室|号|门)/g],
  ['name', new RegExp(`(?<=我是|我叫|名叫|名字叫|孩子叫|宝宝叫|女儿叫|儿子叫|小名|大名|姓名[是：:]|名字[是：:])${surname}?[\\u4e00-\\u9fff·]{1,3}?(?=[，。、；！？,.;!?\\s（(在的和也是]|$)`, 'g')],
  ['name', new RegExp(`${surname}[\\u4e00-\\u9fff]{0,2}${title}`, 'g')],
];

/** 脱敏建议 of a text to be forwarded; a text without anything to hide comes back as it was. */
export function redact(text: string): Redacted {
  const found = new Set<RedactedKind>();
  const hidden = rules.reduce((left, [kind, pattern]) => left.replace(pattern, () => {
    found.add(kind);
    return marks[kind];
  }), text.normalize('NFC').replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)));
  return { text: hidden, found: [...found] };
}
