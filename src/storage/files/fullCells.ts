import {
  acceptances, admission, classBands, feeItems, feePeriods, geoPoint, serviceModes,
  type Acceptance, type Accepts, type Admission, type BandOffer, type ClassBand, type Fee, type GeoPoint, type OpeningHours, type Recognition, type ServiceMode,
} from '#domain/directory/model.ts';
import { monthNumber, type YearMonth } from '#domain/shared/dates.ts';
import { clock, day, fen, listOf, month, oneOf, plain, said, tidy, wanted, whole, yesNo, type CellReader, type CellReading } from '#storage/files/importCells.ts';

const modeNames = { fullDay: ['全日托'], halfDay: ['半日托'], hourly: ['计时托'], temporary: ['临时托'] } as const satisfies Record<ServiceMode, readonly string[]>;
const bandNames = { infant: ['乳儿班'], toddler: ['托小班'], older: ['托大班'], mixed: ['混合编班'] } as const satisfies Record<ClassBand, readonly string[]>;
const itemNames = { care: ['保育费'], meals: ['伙食费'], extension: ['延时费'], materials: ['材料费'], deposit: ['押金'], oneOff: ['一次性费用'] } as const satisfies Record<Fee['item'], readonly string[]>;
const periodNames = { month: ['月'], day: ['日', '天'], hour: ['小时'], time: ['次'] } as const satisfies Record<Fee['per'], readonly string[]>;

const mode = oneOf(modeNames, serviceModes);
const band = oneOf(bandNames, classBands);
const feeItem = oneOf(itemNames, feeItems);
const feePeriod = oneOf(periodNames, feePeriods);
const places = whole(0, 2000);

const isRepeated = (values: readonly string[]): boolean => new Set(values).size !== values.length;
const none = (cell: string | undefined): boolean => cell === undefined || ['', '-'].includes(plain(cell));
/** Null where a part is left out or a dash. */
const part = <Value>(cell: string | undefined, read: CellReader<Value>): CellReading<Value | null> => (cell === undefined || none(cell) ? said(null) : read(cell));
const piecesOf = (cell: string, divider: string): readonly string[] => plain(cell).split(divider).map((piece) => piece.trim());

/** 服务方式: `fullDay|hourly`. */
export const modesCell: CellReader<readonly ServiceMode[]> = (cell) => {
  const reading = listOf(mode)(cell);
  return reading.ok && isRepeated(reading.value) ? wanted('each mode once') : reading;
};

type BandPlaces = Pick<BandOffer, 'band' | 'places' | 'free'>;
const bandExpected = 'band:places or band:places:free, such as infant:10:2|older:20';
const bandPlaces: CellReader<BandPlaces> = (cell) => {
  const [name = '', total, free, ...rest] = piecesOf(cell, ':');
  const [read, readTotal, readFree] = [band(name), part(total, places), part(free, places)];
  if (!read.ok || !readTotal.ok || !readFree.ok || rest.length > 0) return wanted(bandExpected);
  if (readFree.value !== null && (readTotal.value === null || readFree.value > readTotal.value)) return wanted('at most as many free places as places');
  return said({ band: read.value, places: readTotal.value, free: readFree.value });
};

/** 班型与托位: `infant:10:2|older:20`. */
export const bandsCell: CellReader<readonly BandPlaces[]> = (cell) => {
  const reading = listOf(bandPlaces)(cell);
  return reading.ok && isRepeated(reading.value.map((one) => one.band)) ? wanted('each band once') : reading;
};

const bandMonth: CellReader<readonly [ClassBand, YearMonth]> = (cell) => {
  const [name = '', from = '', ...rest] = piecesOf(cell, ':');
  const [read, readMonth] = [band(name), month(from)];
  return read.ok && readMonth.ok && rest.length === 0 ? said([read.value, readMonth.value] as const) : wanted('band:month, such as older:2027-03');
};
/** 下次可入托月份: `older:2027-03`. */
export const availableFromCell: CellReader<ReadonlyMap<ClassBand, YearMonth>> = (cell) => {
  const reading = listOf(bandMonth)(cell);
  return reading.ok ? said(new Map(reading.value)) : reading;
};

const admissionExpected = 'months:12-36 or cohort:2027-09:2024-09..2025-08';
/** 收托规则: `months:12-36` or `cohort:2027-09:2024-09..2025-08`. */
export const admissionCell: CellReader<Admission> = (cell) => {
  const byMonths = /^months:(\d{1,2})-(\d{1,2})$/.exec(plain(cell));
  const byCohort = /^cohort:([\d-]+):([\d-]+)\.\.([\d-]+)$/.exec(plain(cell));
  const stated = byMonths
    ? { rule: 'byMonths', min: Number(byMonths[1]), max: Number(byMonths[2]) }
    : { rule: 'byCohort', entryMonth: byCohort?.[1], bornFrom: byCohort?.[2], bornUntil: byCohort?.[3], applyFrom: null, applyUntil: null, how: null };
  const parsed = admission.safeParse(stated);
  if (!parsed.success) return wanted(admissionExpected);
  const rule = parsed.data;
  const inOrder = rule.rule === 'byMonths' ? rule.min < rule.max : monthNumber(rule.bornFrom) <= monthNumber(rule.bornUntil) && monthNumber(rule.bornUntil) < monthNumber(rule.entryMonth);
  return inOrder ? said(rule) : wanted(`${admissionExpected}, the earlier month first`);
};

const feeExpected = 'item:mode:yuan/period, such as care:fullDay:1980/month or extension:-:10/time:optional';
const feeCell: CellReader<Fee> = (cell) => {
  const [itemName = '', modeAndBand = '', amountAndPeriod = '', must = '', ...note] = cell.normalize('NFKC').split(':').map((piece) => piece.trim());
  const [modeName, bandName] = modeAndBand.split('@');
  const [amount, period = '', ...rest] = amountAndPeriod.split('/');
  const [item, readMode, readBand, readAmount, per] = [feeItem(itemName), part(modeName, mode), part(bandName, band), part(amount, fen), feePeriod(period)];
  if (!item.ok || !readMode.ok || !readBand.ok || !readAmount.ok || !per.ok || rest.length > 0) return wanted(feeExpected);
  if (!['', 'optional', 'required', '可选', '必交'].includes(must)) return wanted(`${feeExpected}, then optional or required`);
  return said({
    item: item.value, mode: readMode.value, band: readBand.value, amount: readAmount.value, per: per.value,
    required: !['optional', '可选'].includes(must), note: tidy(note.join(':')) === '' ? null : tidy(note.join(':')),
  });
};
/** 收费: `care:fullDay:1980/month|meals:-:400/month|extension:-:10/time:optional`. */
export const feesCell: CellReader<readonly Fee[]> = listOf(feeCell);

const recognitionExpected = 'authority;number;first day;last day;band:places;ceiling in yuan, such as 某某卫生健康局;-;2026-01-01;2026-12-31;older:20;1980';
const recognisedPlaces: CellReader<Recognition['places'][number]> = (cell) => {
  const [name = '', count = '', ...rest] = piecesOf(cell, ':');
  const [read, readCount] = [band(name), whole(1, 2000)(count)];
  return read.ok && readCount.ok && rest.length === 0 ? said({ band: read.value, places: readCount.value }) : wanted(recognitionExpected);
};
const recognition: CellReader<Recognition> = (cell) => {
  const [authority = '', number, from = '', until, shares = '', ceiling, ...rest] = cell.split(/[;；]/).map(tidy);
  const [readFrom, readUntil, readShares, readCeiling] = [day(from), part(until, day), listOf(recognisedPlaces, /[,，+]/)(shares), part(ceiling, fen)];
  if (authority.length < 2 || !readFrom.ok || !readUntil.ok || !readShares.ok || !readCeiling.ok || rest.length > 0) return wanted(recognitionExpected);
  if (readShares.value.length === 0 || isRepeated(readShares.value.map((one) => one.band)) || readCeiling.value === 0) return wanted(recognitionExpected);
  if (readUntil.value !== null && readUntil.value < readFrom.value) return wanted('a recognition that does not end before it begins');
  return said({ authority, documentNumber: none(number) ? null : number ?? null, from: readFrom.value, until: readUntil.value, places: [...readShares.value], priceCeiling: readCeiling.value, audience: null });
};
/** 普惠认定, several divided by `|`. */
export const recognitionsCell: CellReader<readonly Recognition[]> = listOf(recognition);

const hoursExpected = 'weekdays and clock times, such as 1-5 07:30-18:00|6 08:00-12:00';
const hoursPiece: CellReader<readonly OpeningHours[]> = (cell) => {
  const match = /^([1-7])(?:-([1-7]))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(plain(cell));
  const [opens, closes] = [clock(match?.[3] ?? ''), clock(match?.[4] ?? '')];
  const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (!match || !opens.ok || !closes.ok || last < first || closes.value <= opens.value) return wanted(hoursExpected);
  return said(Array.from({ length: last - first + 1 }, (_, index) => ({ weekday: first + index, opens: opens.value, closes: closes.value })));
};
/** 开放时间: `1-5 07:30-18:00|6 08:00-12:00`. */
export const hoursCell: CellReader<readonly OpeningHours[]> = (cell) => {
  const reading = listOf(hoursPiece)(cell);
  return reading.ok ? said(reading.value.flat()) : reading;
};

const acceptanceNames = { allergy: ['食物过敏'], medicine: ['慢病用药'], specialNeeds: ['发育迟缓或残疾'] } as const satisfies Record<Acceptance, readonly string[]>;
const acceptance = oneOf(acceptanceNames, acceptances);
const acceptsExpected = 'allergy:yes, medicine:no or specialNeeds:yes, several divided by |';
const acceptsPiece: CellReader<readonly [Acceptance, boolean]> = (cell) => {
  const [name = '', word = '', ...rest] = piecesOf(cell, ':');
  const [read, readWord] = [acceptance(name), yesNo(word)];
  return read.ok && readWord.ok && rest.length === 0 ? said([read.value, readWord.value] as const) : wanted(acceptsExpected);
};
/** 可接收 of an institution that has said nothing. */
export const nothingSaid: Accepts = { allergy: null, medicine: null, specialNeeds: null };
/** 可接收: `allergy:yes|medicine:no`; what is not named stays unknown. */
export const acceptsCell: CellReader<Accepts> = (cell) => {
  const reading = listOf(acceptsPiece)(cell);
  if (!reading.ok) return reading;
  if (isRepeated(reading.value.map(([name]) => name))) return wanted('each condition once');
  return said({ ...nothingSaid, ...Object.fromEntries(reading.value) });
};

/** 坐标: longitude, latitude and their system belong together. */
export const pointOf = (lng: number, lat: number, crs: string): CellReading<GeoPoint> => {
  const parsed = geoPoint.safeParse({ lng, lat, crs: plain(crs).toLowerCase().replace(/-/g, '') });
  return parsed.success ? said(parsed.data) : wanted('wgs84 or gcj02');
};
