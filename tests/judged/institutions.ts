// A fixed directory to judge searches by: invented institutions (示例…) on the real streets of the four places. Not the samples, and never shown.
import { institution, type Institution } from '#domain/directory/model.ts';
import { makeSnapshot, type DirectorySnapshot } from '#domain/directory/snapshot.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { readPinyinOverrides, searchTextOf } from '#storage/files/pinyin.ts';
import { readVocabulary } from '#storage/files/vocabulary.ts';

export const judgedOn = isoDate.parse('2026-11-22');
export const placeOf = { x: 'xiacheng', h: 'hebei', d: 'daqing', z: 'zezhou' } as const;
export type PlaceLetter = keyof typeof placeOf;

// key | name | old and other names, by ; | street | address | what is offered, see `offers`
const rows = `
x01|示例武林托育园|小水滴|武林街道|环城北路167号武林国际公寓1幢|independent fullDay hourly affordable free older toddler
x02|示例武林门婴幼儿照护中心||天水街道|武林路28号|independent fullDay public older
x03|示例小水滴宝贝园||潮鸣街道|刀茅巷12号|independent halfDay toddler
x04|示例凤麟托育园||武林街道|凤麟社区8号|community fullDay older affordable
x05|示例长寿社区托育点||武林街道|长寿路30号|community halfDay temporary older
x06|示例天水幼儿园托班|天水机关幼儿园|天水街道|灯芯巷5号|kindergartenClass fullDay public older
x07|示例皇亲苑托育园||天水街道|皇亲苑社区3幢|independent fullDay older meals
x08|示例仓桥家庭托育点||天水街道|仓桥社区6号|homeSite fullDay mixed
x09|示例潮鸣托育中心||潮鸣街道|东河社区22号|independent fullDay weekend older
x10|示例东园宝贝之家||潮鸣街道|东园社区15号|homeSite hourly mixed
x11|示例艮山门托育园||潮鸣街道|艮山门社区9号|independent fullDay privateForProfit toddler
x12|示例朝晖托育园||朝晖街道|潮王路18号|independent fullDay affordable older
x13|示例朝晖幼儿园托班||朝晖街道|大木桥社区2号|kindergartenClass fullDay public affordable older
x14|示例绿园宝贝||朝晖街道|应家桥社区11号|independent halfDay older
x15|示例玉公桥婴幼儿照护点||朝晖街道|玉公桥社区7号|community temporary older
x16|示例文晖托育园|文晖宝贝屋|文晖街道|打铁关社区1号|independent fullDay infant toddler
x17|示例和平苑托育园||文晖街道|和平苑社区10号|independent fullDay older
x18|示例流水苑幼儿园托班||文晖街道|流水西苑社区4号|kindergartenClass fullDay older free
x19|示例现代城职工托育园||文晖街道|现代城社区19号|employer fullDay older
x20|示例东新园托育中心|东新小天使|东新街道|东新园社区33号|independent fullDay hourly older
x21|示例三塘托育园||东新街道|三塘社区12号|independent fullDay extended older
x22|示例灯塔家庭托育点||东新街道|灯塔社区2号|homeSite halfDay mixed
x23|示例沈家社区托育点||东新街道|沈家社区6号|community fullDay affordable older
x24|示例石桥托育园||石桥街道|石桥路128号|independent fullDay older
x25|示例石桥第一幼儿园托班||石桥街道|华丰社区3号|kindergartenClass fullDay public older
x26|示例景荣宝贝托育园||石桥街道|景荣社区27号|independent fullDay infant older holidays
x27|示例永丰托育园||石桥街道|永丰社区127号|independent hourly older
x28|示例长庆托育园||长庆街道|王马社区5号|independent fullDay older
x29|示例十五家园托育园||长庆街道|十五家园社区15号|independent fullDay allergy older
x30|示例柳营幼儿园托班|柳营小小班|长庆街道|柳营社区8号|kindergartenClass fullDay older
x31|示例吴牙社区托育点||长庆街道|吴牙社区1号|community halfDay older
x32|示例ABC国际托育园||武林街道|安吉社区16号|independent fullDay privateForProfit toddler older
h01|示例光复道托育园||光复道街道|北岸华庭1号楼|independent fullDay older
h02|示例爱琴海宝贝园||光复道街道|爱琴海社区6号|independent halfDay older
h03|示例望海楼幼儿园托班||望海楼街道|振德里3号|kindergartenClass fullDay public older
h04|示例金田花园托育园||望海楼街道|金田花园5号楼|independent fullDay weekend older
h05|示例鸿顺里托育中心||鸿顺里街道|六马路15号|independent fullDay affordable older
h06|示例元吉里家庭托育点||鸿顺里街道|元吉里2号|homeSite fullDay mixed
h07|示例新开河托育园||新开河街道|天泰路40号|independent fullDay older free
h08|示例宝祥园宝贝园||新开河街道|宝祥园7号楼|independent hourly toddler
h09|示例铁东路幼儿园托班||铁东路街道|胜景花园2号|kindergartenClass fullDay public older
h10|示例北宁湾托育园|北宁湾小飞象|铁东路街道|北宁湾9号|independent fullDay older
h11|示例建昌道托育园||建昌道街道|建湖里12号|independent fullDay affordable older
h12|示例诗景社区托育点||建昌道街道|诗景雅苑1号|community halfDay temporary older
h13|示例宁园托育园||宁园街道|润园里8号|independent fullDay older
h14|示例汇园里幼儿园托班||宁园街道|汇园里3号|kindergartenClass fullDay public older
h15|示例王串场托育园||王串场街道|真诚里21号|independent fullDay older
h16|示例萃华里家庭托育点||王串场街道|萃华里6号|homeSite halfDay mixed
h17|示例屏花里宝贝园||王串场街道|屏花里10号|independent fullDay hourly older
h18|示例江都路托育园||江都路街道|靖江里5号|independent fullDay older
h19|示例江都路第二幼儿园托班||江都路街道|如皋里9号|kindergartenClass fullDay public affordable older
h20|示例衡山里托育中心||江都路街道|衡山里11号|independent fullDay older
h21|示例乐山里小太阳托育园||江都路街道|乐山里1号|independent fullDay infant toddler older
h22|示例月牙河托育园||月牙河街道|满江里4号|independent fullDay older
h23|示例月牙河幼儿园托班||月牙河街道|涪江北里6号|kindergartenClass fullDay older
h24|示例锦江社区托育点||月牙河街道|锦江北里2号|community fullDay affordable older
h25|示例大江里职工托育园||月牙河街道|大江里18号|employer fullDay older
h26|示例小太阳托育中心|河北区小太阳早教|望海楼街道|昆云里7号|independent fullDay older
h27|示例启明星托育园||王串场街道|艳泉里13号|independent fullDay medicine older
h28|示例启明托育园||新开河街道|东华里5号|independent fullDay older
h29|示例启航幼儿园托班||铁东路街道|宜清园1号|kindergartenClass fullDay older
h30|示例蒲公英托育园||建昌道街道|盛祥家园3号|independent fullDay meals older
d01|示例萨尔图托育园||萨尔图街道|红旗社区2号|independent fullDay older
d02|示例三环幼儿园托班||萨尔图街道|三环社区8号|kindergartenClass fullDay public older
d03|示例会战托育中心||会战街道|会战大街12号|independent fullDay affordable older
d04|示例友谊托育园||友谊街道|友谊大街6号|independent halfDay older
d05|示例铁人托育园||铁人街道|铁人大道20号|independent fullDay older
d06|示例铁人幼儿园托班||铁人街道|铁人大道31号|kindergartenClass fullDay public older
d07|示例东风新村托育园||东风街道|东风新村纬七路9号|independent fullDay older
d08|示例东风宝贝园||东风街道|东旭园3号|independent hourly older
d09|示例绿园托育园||绿园街道|玫瑰园2号|independent fullDay affordable older
d10|示例绿园社区托育点||绿园街道|北辰社区5号|community halfDay older
d11|示例学伟家庭托育点||绿园街道|学伟鑫城1号|homeSite fullDay mixed
d12|示例万宝托育园||万宝街道|万宝一区7号|independent fullDay older
d13|示例火炬职工托育园||火炬街道|火炬大厦4层|employer fullDay older
d14|示例拥军托育园||拥军街道|拥军街11号|independent fullDay older
d15|示例龙凤托育中心||龙凤街道|龙凤大街15号|independent fullDay older
d16|示例龙凤湿地宝贝园||湿地街道|湿地路3号|independent halfDay older
d17|示例兴化幼儿园托班||兴化街道|兴化大街2号|kindergartenClass fullDay public older
d18|示例卧里屯托育园||卧里屯街道|卧里屯大街8号|independent fullDay older
d19|示例庆新托育园||庆新街道|庆新一社区6号|independent fullDay affordable older
d20|示例北湖宝贝托育园||北湖街道|北湖社区9号|independent fullDay infant older
d21|示例乘风托育园|乘风小海豚|乘风街道|乘风三区12号|independent fullDay older
d22|示例创业城托育中心||创业城街道|创业城五区1号|independent fullDay weekend older
d23|示例银浪家庭托育点||银浪街道|银浪新城8号|homeSite fullDay mixed
d24|示例喇嘛甸托育园||喇嘛甸镇|喇嘛甸镇中心路1号|independent fullDay older
d25|示例八百垧托育园||八百垧街道|八百垧一区3号|independent fullDay older
d26|示例红岗幼儿园托班||红岗街道|红岗大街10号|kindergartenClass fullDay public older
d27|示例林源托育园||林源街道|林源路5号|independent fullDay older
d28|示例大同镇托育园||大同镇|大同镇同福路2号|independent fullDay older
d29|示例肇州托育中心||肇州镇|肇州镇中央大街7号|independent fullDay affordable older
d30|示例长青托育点||林甸县长青林场|长青林场1号|community fullDay older
d31|示例杜尔伯特托育园||杜尔伯特镇|杜尔伯特镇草原路6号|independent fullDay older
d32|示例小海豚托育园||西宾街道|西宾路88号|independent fullDay hourly older
z01|示例南村托育园||南村镇|东寺庄社区1号|independent fullDay older
z02|示例南村幼儿园托班||南村镇|东郜社区3号|kindergartenClass fullDay public older
z03|示例下村托育点||下村镇|下村镇政府街2号|community fullDay older
z04|示例大东沟托育园||大东沟镇|大东沟镇北街6号|independent fullDay older
z05|示例周村托育园||周村镇|周村镇东街8号|independent fullDay affordable older
z06|示例周村中心幼儿园托班||周村镇|周村镇西街1号|kindergartenClass fullDay public older
z07|示例犁川托育点||犁川镇|上犁川村5号|community halfDay older
z08|示例晋庙铺托育园||晋庙铺镇|晋庙铺镇晋北路3号|independent fullDay older
z09|示例金村托育园||金村镇|金村镇金村大道10号|independent fullDay older
z10|示例金村新区宝贝园||金村镇|金村新区6号|independent hourly older
z11|示例高都托育园||高都镇|南街村2号|independent fullDay older
z12|示例高都幼儿园托班|高都中心幼儿园|高都镇|北街村8号|kindergartenClass fullDay public affordable older
z13|示例保伏家庭托育点||高都镇|保伏村11号|homeSite fullDay mixed
z14|示例巴公托育园||巴公镇|巴公二村6号|independent fullDay older
z15|示例巴公职工托育园||巴公镇|巴公工业园1号|employer fullDay older
z16|示例官庄宝贝园||巴公镇|官庄村3号|independent halfDay older
z17|示例大阳托育园||大阳镇|大阳古镇东街5号|independent fullDay older
z18|示例大阳幼儿园托班||大阳镇|大阳古镇西街9号|kindergartenClass fullDay older
z19|示例山河托育园||山河镇|山河镇南路7号|independent fullDay weekend older
z20|示例大箕托育点||大箕镇|大箕镇大箕村2号|community fullDay older
z21|示例柳树口托育园||柳树口镇|柳树口镇中街4号|independent fullDay older
z22|示例北义城托育园||北义城镇|北义城镇北街1号|independent fullDay older
z23|示例北义城宝贝之家||北义城镇|西元庆村6号|homeSite temporary mixed
z24|示例川底托育园||川底镇|川底镇马匠村8号|independent fullDay older
z25|示例南岭托育园||南岭镇|南岭镇葛万村3号|independent fullDay older
z26|示例小麻雀托育园|麻雀宝贝|金村镇|金村镇府城街15号|independent fullDay infant toddler older
z27|示例向阳花托育园||南村镇|迎宾社区21号|independent fullDay older
z28|示例向日葵托育园||巴公镇|东四义村9号|independent fullDay specialNeeds older
z29|示例金色向日葵幼儿园托班||大阳镇|大阳古镇南街12号|kindergartenClass fullDay older
z30|示例泽州中心托育园||金村镇|金村镇凤台街66号|independent fullDay public affordable free older
`.trim().split('\n');

/** One judged institution. */
export type Judged = { readonly key: string; readonly place: PlaceLetter; readonly of: Institution };

const jurisdictions = new Map(loadJurisdictions('data').map((jurisdiction) => [jurisdiction.slug, jurisdiction]));
const jurisdictionOf = (letter: PlaceLetter): Jurisdiction => {
  const found = jurisdictions.get(placeOf[letter]);
  if (!found) throw new Error(`no jurisdiction ${placeOf[letter]}`);
  return found;
};

const letterOf = (key: string): PlaceLetter => {
  const letter = key.charAt(0);
  if (letter === 'x' || letter === 'h' || letter === 'd' || letter === 'z') return letter;
  throw new Error(`key ${key}`);
};

const chosen = <Value extends string>(offers: readonly string[], from: readonly Value[]): readonly Value[] => from.filter((one) => offers.includes(one));
const weekdays = (weekend: boolean) => [1, 2, 3, 4, 5, ...(weekend ? [6] : [])].map((weekday) => ({ weekday, opens: '08:00', closes: '17:30' }));

const makeInstitution = (row: string, index: number): Judged => {
  const [key = '', name = '', aliases = '', street = '', address = '', offered = ''] = row.split('|');
  const place = letterOf(key);
  const offers = offered.split(' ');
  const has = (offer: string): boolean => offers.includes(offer);
  const subdistrict = jurisdictionOf(place).subdistricts.find((one) => one.name === street);
  if (!subdistrict) throw new Error(`${key}: no street ${street}`);
  const [kind = 'independent'] = chosen(offers, ['independent', 'kindergartenClass', 'homeSite', 'employer', 'community']);
  const [ownership = kind === 'employer' ? 'employer' : 'privateNonProfit'] = chosen(offers, ['public', 'privateForProfit']);
  const bands = chosen(offers, ['infant', 'toddler', 'older', 'mixed']);
  const made = institution.parse({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, jurisdiction: jurisdictionOf(place).code, county: place === 'd' ? subdistrict.county : null,
    subdistrict: subdistrict.code, name, aliases: aliases === '' ? [] : aliases.split(';'), kind, ownership, nature: null, creditCode: null, address, phone: null, point: null,
    credential: { kind: 'filing', state: 'receipted', number: null, receiptedOn: null, authority: null, since: null, decisionNumber: null },
    modes: chosen(offers, ['fullDay', 'halfDay', 'hourly', 'temporary']),
    bands: bands.map((band) => ({ band, places: 20, free: has('free') ? 3 : 0, confirmedOn: '2026-11-20', availableFrom: null })), admission: null,
    recognitions: has('affordable') ? [{
      authority: '示例认定机关', documentNumber: null, from: '2026-01-01', until: null, places: [{ band: bands[0], places: 10 }], priceCeiling: null, audience: null,
    }] : [],
    fees: [], feesFrom: null, hours: weekdays(has('weekend')), opensInSchoolHolidays: has('holidays') ? true : null, extendedUntil: has('extended') ? '19:00' : null,
    mealsProvided: has('meals') ? true : null, openToNeighbours: null,
    accepts: { allergy: has('allergy') ? true : null, medicine: has('medicine') ? true : null, specialNeeds: has('specialNeeds') ? true : null },
    confirmedOn: null, source: { title: '示例', url: null, readOn: '2026-11-01' }, missingSince: null, planned: null, sample: true,
  });
  return { key, place, of: made };
};

export const judged: readonly Judged[] = rows.map(makeInstitution);

const overrides = await readPinyinOverrides('data/search/pinyin-overrides.csv');
const vocabulary = await readVocabulary('data/search/synonyms.json');

const snapshotOf = (letter: PlaceLetter): DirectorySnapshot => {
  const place = jurisdictionOf(letter);
  const institutions = judged.filter((one) => one.place === letter).map(({ of }) => of);
  const texts = new Map(institutions.map((of) => [of.id, searchTextOf({
    name: of.name, aliases: of.aliases, address: of.address, subdistrictName: place.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? null,
  }, overrides)]));
  return makeSnapshot({ place, institutions, texts, vocabulary, today: judgedOn });
};

/** The directory of each place. */
export const judgedSnapshots: Readonly<Record<PlaceLetter, DirectorySnapshot>> = { x: snapshotOf('x'), h: snapshotOf('h'), d: snapshotOf('d'), z: snapshotOf('z') };
