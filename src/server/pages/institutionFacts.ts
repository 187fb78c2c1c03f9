import { mapLinks } from '#domain/directory/mapLinks.ts';
import { isInForce, type Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { freshnessOf } from '#domain/listing/rules.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { fullDayText } from '#text/dates.ts';
import { credentialStateText, credentialText, kindText, natureText, ownershipText } from '#text/directory.ts';
import { institutionText, mapVendorText } from '#text/institution.ts';
import { freshnessText } from '#text/listing.ts';
import { siteText } from '#text/site.ts';

export { freshDays } from '#domain/listing/rules.ts';

/** One line of facts; `value` null is said as missing. */
export type Fact = { readonly name: string; readonly value: string | null; readonly href?: string; readonly note?: string; readonly missing?: string };

/** 电话 with an extension dialled after a pause: 010-12345678转802. */
const telOf = (phone: string): string => {
  const [number = '', extension] = phone.normalize('NFKC').split(/转|ext\.?|,|#/i);
  const digits = number.replace(/[^\d+]/g, '');
  return `tel:${digits}${extension ? `,${extension.replace(/\D/g, '')}` : ''}`;
};

/** 电话 as written and as dialled; null when none is known. */
export const phoneOf = ({ phone }: Pick<Institution, 'phone'>): { readonly number: string; readonly href: string } | null =>
  (phone === null ? null : { number: phone, href: telOf(phone) });

/** 地图: links to each vendor's marker. */
export const mapFacts = (of: Institution): readonly { readonly label: string; readonly href: string }[] =>
  mapLinks(of, siteText.name).map(({ vendor, href }) => ({ label: mapVendorText[vendor], href }));

const filedOn = ({ credential }: Institution): Fact =>
  ({ name: credential.kind === 'filing' ? '备案通过时间' : '记载日期', value: credential.receiptedOn && fullDayText(credential.receiptedOn), missing: institutionText.numberMissing });

/** 备案机关 as the record names it, else the one the place's data names, said to be that. */
const authorityOf = ({ credential, county }: Institution, place: Jurisdiction): Fact => {
  const name = credential.kind === 'filing' ? '备案机关' : '管理部门';
  if (credential.authority === null && credential.kind === 'filing' && place.filingAuthority !== null) return { name, value: place.filingAuthority, note: institutionText.authorityOfPlace };
  const countyName = place.counties.find(({ code }) => code === county)?.name;
  return { name, value: credential.authority, missing: countyName ? `${institutionText.numberMissing}（所在${countyName}）` : institutionText.numberMissing };
};

/** 资质: which body keeps it, since when, where that was read and when it was last confirmed. */
export const credentialFacts = (of: Institution, place: Jurisdiction, today: IsoDate): readonly Fact[] => {
  const { credential, confirmedOn, source } = of;
  const age = confirmedOn === null ? null : freshnessText(freshnessOf(confirmedOn, today));
  return [
    authorityOf(of, place),
    { name: '状态', value: credential.kind === 'filing' ? credentialStateText[credential.state] : credentialText[credential.kind] },
    filedOn(of),
    { name: '编号', value: credential.number, missing: institutionText.numberMissing },
    { name: '信用代码', value: of.creditCode, missing: institutionText.numberMissing },
    { name: '机构类型', value: of.kind && kindText[of.kind] },
    { name: '办托主体', value: of.ownership && ownershipText[of.ownership] },
    { name: '机构性质', value: of.nature && natureText[of.nature], missing: institutionText.numberMissing },
    { name: '来源', value: source.title, ...(source.url === null ? {} : { href: source.url }), note: `${fullDayText(source.readOn)} 读取` },
    { name: '机构核对', value: confirmedOn && fullDayText(confirmedOn), missing: '机构还没有核对过', ...(age ? { note: `${age.badge}：${age.sentence}` } : {}) },
  ];
};

/** 资质 in one line: how it stands and since when. */
export const credentialGist = ({ credential }: Institution): string => {
  const since = isInForce(credential) ? credential.receiptedOn : credential.since;
  return [credential.kind === 'filing' || !isInForce(credential) ? credentialStateText[credential.state] : credentialText[credential.kind], since && fullDayText(since)].filter(Boolean).join(' · ');
};
