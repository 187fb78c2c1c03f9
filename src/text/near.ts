import type { StartingPoint, StartRefusal } from '#domain/directory/near.ts';
import type { Datum, Direction } from '#domain/shared/geo.ts';

/** Words of the starting point, the picture of distances and its list. */
export const nearText = {
  title: '从哪里找起',
  description: '选一个起点，按直线距离看周围的托育机构。',
  lede: '选一个起点，就能按直线距离看周围的托育机构。三种办法任选一种。',
  heading: '看离我近的',
  here: '用我现在的位置',
  asking: '正在取得位置…',
  hereHint: '点了才会询问。精确位置留在手机里，地址栏里只保留到约 100 米。',
  pick: '选街道或小区',
  pickMore: '换一个起点',
  drop: '不按距离看',
  radius: '范围',
  anyRadius: '不限范围',
  denied: '没有得到位置授权。可以在浏览器设置里允许定位，或者选街道、小区作起点。',
  unavailable: '手机暂时定不了位。请稍后再试，或者选街道、小区作起点。',
  outOfReach: '这个位置不在国内，不能用来找这里的机构。请选街道、小区作起点。',
  street: '街道（乡镇）',
  streetHint: '用该街道机构位置的中点估算，不是您家到机构的距离。',
  noStreet: '请选择',
  words: '小区、社区、道路或机构名',
  wordsHint: '例如小区名或路名。按名称、地址里含有这几个字的机构位置估算。',
  paste: '粘贴坐标或地图分享链接',
  pasteHint: '经度、纬度谁先谁后都可以，例如 116.40,39.90。坐标只用来换算，不保存；地址栏里只保留到约 100 米。',
  datum: '坐标来自',
  submit: '按距离看机构',
  noPoints: '这里的机构还没有填报位置，暂时不能按街道或小区看距离。可以粘贴坐标，或直接按街道筛选。',
  toList: '返回机构列表',
  picture: '方位和距离图',
  pictureDescription: '中间是起点，上面是北。圆圈表示直线距离，编号按距离从近到远。',
  north: '北',
  start: '起点',
  hint: '点图上的编号，看是哪一家。',
  keys: '用方向键换到更近或更远的一家。',
  listTitle: '文字列表：方位和距离',
  unlocatedNote: '机构没有填报位置，算不出距离，请看地址或打电话问。',
  noDistance: '没有填报位置，算不出距离',
  walkNote: '步行按直线距离的 1.3 倍、每小时 4 公里估算，是本站口径；实际路程以导航为准。',
  tooFar: '这个起点离这里的机构都很远，请看看起点选对了没有。',
  emptyRing: '这个范围内没有位置已知的机构。',
  map: '在天地图上看',
  mapHint: '打开后，地图图片由国家地理信息公共服务平台（天地图）提供，对方会知道您看的大致区域。',
  mapLabel: '天地图：机构位置',
  mapFailed: '地图没有打开，请看上面的方位图和列表。',
  mapZoomIn: '放大', mapZoomOut: '缩小',
  mapSource: '底图：天地图（国家地理信息公共服务平台）',
} as const;

/** 审图号 of the base map; it is never made up here. */
export const approvalText = (approval: string | undefined): string => `审图号：${approval ?? '待主办单位填写'}`;

/** 方位词. */
export const directionText = {
  north: '北', northEast: '东北', east: '东', southEast: '东南', south: '南', southWest: '西南', west: '西', northWest: '西北',
} as const satisfies Record<Direction, string>;

/** 坐标来自. */
export const datumText = { gcj02: '高德、腾讯地图', bd09: '百度地图', wgs84: '手机定位或 GPS' } as const satisfies Record<Datum, string>;

/** Why typed words are no starting point. */
export const startRefusalText = {
  'too-short': '请至少写两个字。',
  'not-found': '没有找到名称或地址里含有这几个字的机构。可以换个写法，或者选街道。',
  'no-point': '找到了，但那里的机构还没有填报位置，不能作起点。请选旁边的街道。',
  'too-wide': '含有这几个字的机构分布太散，算不出一个起点。请写得更具体些。',
} as const satisfies Record<StartRefusal, string>;

/** Why what was pasted, or nothing at all, is no starting point. */
export const startErrorText = {
  nothing: '请选街道、写小区，或者粘贴坐标，任选一种。',
  'unknown-street': '没有这个街道，请重新选择。',
  'out-of-reach': '这个坐标不在国内，请检查有没有少写数字。',
  'link-without-point': '这个分享链接里没有坐标。请在地图里长按那个位置，复制坐标后再粘贴；也可以选街道。',
  words: '这里面没有找到坐标，例如 116.40,39.90。小区、路名请写在上一栏。',
} as const;

/** Where distances are counted from, in one sentence. */
export const startText = ({ kind, name, middleOf }: Pick<StartingPoint, 'kind' | 'name' | 'middleOf'>): string => {
  if (kind === 'position') return '从您选的位置算起';
  if (kind === 'institution') return `从“${name ?? ''}”算起`;
  const estimated = `${String(middleOf)} 家机构位置的中点估算`;
  return kind === 'subdistrict' ? `从${name ?? ''}算起，以该街道（乡镇）${estimated}` : `从“${name ?? ''}”算起，以名称、地址中有这几个字的 ${estimated}`;
};

/** An `around` that leads nowhere any more. */
export const startLostText = '地址里的起点现在没有机构位置可以估算，所以没有按距离排。请换一个起点。';

/** 步行估算, from whole minutes; nothing beyond an hour. */
export const walkText = (minutes: number): string | null => (minutes > 60 ? null : `步行估算约 ${String(minutes)} 分钟`);

/** 3 公里, 500 米. */
export const ringText = (metres: number): string => (metres < 1000 ? `${String(metres)} 米` : `${String(metres / 1000)} 公里`);

/** What several institutions behind one mark are called. */
export const clusterText = (numbers: readonly number[]): string => `${String(numbers.length)} 家挨得很近：${numbers.map(String).join('、')}`;

/** How many the picture leaves out. */
export const beyondText = (count: number): string => `另有 ${String(count)} 家更远或图上放不下，见下面的机构列表。`;

/** How many have no point. */
export const unlocatedText = (count: number): string => `另有 ${String(count)} 家没有位置`;

/** How many institutions a street knows a point of. */
export const streetOptionText = (name: string, known: number): string => `${name}（${String(known)} 家有位置）`;
