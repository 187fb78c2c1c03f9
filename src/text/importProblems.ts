/** What was expected in a cell, in the importer's words, and how the office reads it. Patterns in their order; the last catches what has no words of its own. */
const expectations: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [/^text of (\d+) to (\d+) characters$/, (least, most) => `应为 ${least ?? ''} 到 ${most ?? ''} 个字`],
  [/^yes or no/, () => '应为“是”或“否”'], [/^a day such as/, () => '应为日期，如 2024-09-28'], [/^a day not after (.+)$/, (day) => `日期不能晚于 ${day ?? ''}`], [/^a month such as/, () => '应为月份，如 2027-03'],
  [/^a whole number from (\S+) to (\S+)$/, (least, most) => `应为 ${least ?? ''} 到 ${most ?? ''} 的整数`], [/^a number from (\S+) to (\S+)$/, (least, most) => `应为 ${least ?? ''} 到 ${most ?? ''} 的数`],
  [/^yuan with/, () => '应为金额（元），最多两位小数'], [/^18 characters whose last/, () => '统一社会信用代码的校验位不对，请核对'], [/^18 characters of a credit code/, () => '应为 18 位统一社会信用代码'], [/^a clock time/, () => '应为时刻，如 07:30'],
  [/^one of (.+)$/, (codes) => `应为其中之一：${[...(codes ?? '').matchAll(/\(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(', ')[0] ?? []).join('、')}`],
  [/^each mode once$/, () => '同一种服务方式只写一次'], [/^each band once$/, () => '同一个班型只写一次'], [/^each condition once$/, () => '同一项只写一次'], [/^at most as many free places as places$/, () => '空余托位不能多于托位'],
  [/^band:places/, () => '应为“班型:托位”或“班型:托位:空位”，如 托大班:20:3'], [/^band:month/, () => '应为“班型:月份”，如 托大班:2027-03'], [/^months:/, () => '应为收托规则，如 months:6-36'], [/^item:mode/, () => '应为收费项目，如 care:fullDay:1980/month'],
  [/^authority;number/, () => '应为“认定部门;文号;起;止;班型:托位;价格上限”'], [/^a recognition that does not end/, () => '普惠认定的结束日期早于开始日期'], [/^weekdays and clock/, () => '应为星期和时刻，如 1-5 07:30-18:00'],
  [/^allergy/, () => '应为“项目:是”或“项目:否”，如 allergy:yes'], [/^wgs84/, () => '应为 wgs84 或 gcj02'], [/^a phone number/, () => '应为带区号的电话'], [/^the county or district that/, () => '与街道所在的区县不符'], [/^only bands that/, () => '有托位一列没有写的班型'],
  [/^the day on which the free places/, () => '写了空位就要写核对日期'], [/^longitude, latitude/, () => '经度、纬度、坐标系要么都写，要么都空着'], [/^each column once$/, () => '这一列出现了两次'], [/^a known column$/, () => '不认识这一列，请按模板的表头'],
  [/^a division code/, () => '应为 6、9 或 12 位区划代码'], [/^a division code of (.+) \(\d+\)$/, (place) => `应为${place ?? ''}内的区划代码`], [/^the code of a subdistrict of (.+)$/, (place) => `应为${place ?? ''}街道（乡镇）的代码`],
  [/^the name or code of a subdistrict of (.+)$/, (place) => `应为${place ?? ''}街道（乡镇）的名称或代码`], [/^a code, because (\d+) subdistricts of (.+) bear/, (count, place) => `${place ?? ''}有 ${count ?? ''} 个同名的街道（乡镇），请写代码`],
  [/^a county or district of (.+)$/, (place) => `应为${place ?? ''}的区县`], [/^(.+) \(\d{6}\)$/, (place) => `应为${place ?? ''}`], [/^each credit code once \(it stands on line (\d+)/, (line) => `信用代码重复，第 ${line ?? ''} 行已有`], [/^each name and address once \(they stand on line (\d+)/, (line) => `名称和地址重复，第 ${line ?? ''} 行已有`],
  [/^a credit code, because/, () => '需要统一社会信用代码：名录里已有名称、地址都相同的另一家'],
];

const expected = (words: string): string | undefined => {
  for (const [pattern, say] of expectations) {
    const found = pattern.exec(words);
    if (found) return say(...found.slice(1));
  }
  return undefined;
};

const whole: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [/^line (\d+), column (.+?): expected this column \(or (.+)\), got none$/, (line, _id, name) => `第 ${line ?? ''} 行（表头）：缺少“${name ?? ''}”这一列`],
  [/^line (\d+): expected (\d+) cells, got (\d+)$/, (line, wanted, got) => `第 ${line ?? ''} 行：应有 ${wanted ?? ''} 格，实际 ${got ?? ''} 格，可能少了或多了分隔`],
  [/^line (\d+): expected at least one institution/, () => '表里没有一家机构'], [/^line 1: expected the headings/, () => '第 1 行不是认识的表头：请用全国备案信息导出的表，或本站的模板'],
  [/^line (\d+): the UTF-8 text is cut/, (line) => `第 ${line ?? ''} 行：文字在这里断了，请重新导出文件`], [/^line (\d+): a quotation mark is opened/, (line) => `第 ${line ?? ''} 行附近：引号没有成对`], [/^line (\d+): a quotation mark stands/, (line) => `第 ${line ?? ''} 行：引号的位置不对`],
  [/^line (\d+): expected at most ([\d,]+) rows/, (_line, rows) => `最多 ${rows ?? ''} 行，请分成几份`], [/^line (\d+): expected cells of at most (\d+)/, (line, most) => `第 ${line ?? ''} 行：有一格超过 ${most ?? ''} 个字`],
  [/^the file is UTF-16/, () => '文件编码是 UTF-16，请另存为 CSV UTF-8'], [/^the text is neither/, () => '认不出文件的文字编码，请另存为 CSV UTF-8'], [/^the file is an old \.xls/, () => '这是旧版 .xls 或加了密码的文件，请另存为 .xlsx 或 .csv'],
  [/^the file is not a (?:whole XLSX )?workbook/, () => '这个表格文件打不开，请另存为 .xlsx 或 .csv'], [/^the file has no rows|^the file is empty/, () => '文件是空的'], [/^the workbook unpacks/, () => '这个表格解开后太大，请另存为 CSV'], [/^expected a file of at most (\d+) MB/, (most) => `文件不能超过 ${most ?? ''} MB`],
  [/^line (\d+), column (.+?): not read$/, (_line, column) => `“${column ?? ''}”这一列不读`],
];

/** A sentence of the importer about a file, in the office's words: which line, which column, what is expected, what stands there. Undefined for one that has no words yet. */
export function importSentence(sentence: string): string | undefined {
  const cell = /^line (\d+), column (.+?): expected (.+), got "(.*)"$/su.exec(sentence);
  if (cell) {
    const [, line = '', column = '', wanted = '', got = ''] = cell;
    const say = expected(wanted);
    return say && `第 ${line} 行“${column}”：${say}${got === '' ? '，现在是空的' : `，现在是“${got}”`}`;
  }
  const warning = /^line (\d+), column (.+?): (.+)$/su.exec(sentence);
  for (const [pattern, say] of whole) {
    const found = pattern.exec(sentence);
    if (found) return say(...found.slice(1));
  }
  if (!warning) return undefined;
  const [, line = '', column = '', what = ''] = warning;
  const said = warningText.find(([pattern]) => pattern.test(what))?.[1];
  return said && `第 ${line} 行“${column}”：${said}`;
}

const warningText: readonly (readonly [RegExp, string])[] = [
  [/^empty; the institution is known/, '空着，按名称和地址认这家机构'], [/^empty; the day of filing/, '空着，备案日期按不清楚处理'], [/^示例 marks/, '名称以“示例”开头，像是虚构的机构，请核对'], [/./, '写法与现行街道（乡镇）名称不同，已按现行名称认定'],
];
