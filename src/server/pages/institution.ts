import { canComeHere } from '#domain/directory/admissionFit.ts';
import { monthlyFee } from '#domain/directory/fees.ts';
import { classBands, type Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn, freshFreePlaces } from '#domain/directory/places.ts';
import { readPageQuery } from '#domain/directory/readQuery.ts';
import type { DirectoryEntry } from '#domain/directory/snapshot.ts';
import type { CareRules } from '#domain/jurisdiction/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { daysBetween, type IsoDate } from '#domain/shared/dates.ts';
import { loadCareRules } from '#storage/files/rules.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { freeConfirmedOn, marksOf } from '#server/pages/cards.ts';
import { credentialFacts, freshDays, mapFacts, phoneOf, placeFacts } from '#server/pages/institutionFacts.ts';
import { jsonLdOf } from '#server/pages/jsonLd.ts';
import { feeView } from '#server/pages/institutionFees.ts';
import { dayText, fullDayText } from '#text/dates.ts';
import { bandText, notStated } from '#text/directory.ts';
import { admissionText, affordableText, answerText, credentialTitle, endedText, freeText, institutionText, monthlyFeeText, notIncludedText } from '#text/institution.ts';
import { plannedFacts } from '#server/pages/plannedFacts.ts';

let rules: CareRules | undefined;
/** The national class sizes, read once. */
const careRules = (): CareRules => (rules ??= loadCareRules(findDataFolder()));

const answerOf = (of: Institution, parameters: URLSearchParams, today: IsoDate) => {
  const { months, start } = readPageQuery(parameters);
  const can = months === null ? null : canComeHere(of, { months, start }, today);
  const bands = can && can.bands.length > 0 ? can.bands : undefined;
  const fee = monthlyFee(of, bands);
  const affordable = affordablePlaces(of, today, bands);
  const bandsHeld = classBands.filter((band) => of.bands.some((offer) => offer.band === band));
  const held = bandsHeld.map((band) => bandText[band]).join('、');
  return {
    title: can && months !== null ? answerText(months, can, today) : of.admission ? admissionText(of.admission, today) : held === '' ? `收托月龄${notStated}` : held,
    fits: can?.fits ?? 'yes',
    lines: [
      freeText(freePlacesIn(of, today, bands), freeConfirmedOn(of, bands, today), of.phone, today),
      ...(fee ? [`全部费用${monthlyFeeText(fee) ?? ''}${notIncludedText(fee) ? `，${notIncludedText(fee) ?? ''}` : ''}`] : [institutionText.feeMissing]),
      ...(affordable ? [affordableText(affordable)] : []),
    ],
    note: institutionText.free,
  };
};

const bandsOf = (of: Institution, today: IsoDate) => {
  const sizes = careRules().bands;
  const rows = of.bands.map(({ band, places, availableFrom, ...offer }) => {
    const fresh = freshFreePlaces({ band, places, availableFrom, ...offer }, today);
    const size = sizes.find((rule) => rule.band === band)?.classSize;
    return [
      bandText[band],
      places === null ? { text: notStated, muted: true } : String(places),
      fresh === null ? { text: offer.free === null || offer.confirmedOn === null ? '未填报' : '待更新', muted: true } : String(fresh),
      size === undefined ? { text: '无规定', muted: true } : String(size),
    ];
  });
  const confirmed = of.bands.filter((offer) => freshFreePlaces(offer, today) !== null).flatMap(({ confirmedOn }) => confirmedOn ?? []).sort();
  const citations = [...new Set(of.bands.flatMap(({ band }) => {
    const rule = sizes.find((one) => one.band === band);
    return rule ? [`${rule.sizeCitation.document}${rule.sizeCitation.article}${rule.sizeConfidence === 'A' || rule.sizeConfidence === 'B' ? '' : `（${institutionText.unofficial}）`}`] : [];
  }))];
  const opens = of.bands.flatMap(({ band, availableFrom }) => (availableFrom === null ? [] : [`${bandText[band]}下次可入托：${availableFrom.slice(0, 4)}年${String(Number(availableFrom.slice(5)))}月`]));
  return {
    rows,
    notes: [
      ...(confirmed[0] ? [`空位由机构于 ${dayText(confirmed[0], today)}${confirmed.at(-1) === confirmed[0] ? '' : `至 ${dayText(confirmed.at(-1) ?? '', today)}`}核对。`] : []),
      ...opens,
      ...(citations.length > 0 ? [`每班上限是国家规定的一个班最多人数：${citations.join('；')}。`] : []),
    ],
  };
};

const freshnessOf = (of: Institution, today: IsoDate) => {
  if (of.confirmedOn === null) return { text: institutionText.neverConfirmed, stale: true };
  const days = daysBetween(of.confirmedOn, today);
  const said = `机构于 ${fullDayText(of.confirmedOn)} 核对`;
  return days > freshDays ? { text: `${said}，${institutionText.staleSince(days)}`, stale: true } : { text: said, stale: false };
};

/** 机构: everything one institution's page says, whichever way it stands. */
export const institutionView = (entry: DirectoryEntry, place: Jurisdiction, parameters: URLSearchParams, today: IsoDate, origin: string) => {
  const { institution: of, group } = entry;
  const shared = {
    id: of.id, name: of.name, sample: of.sample, marks: marksOf(of, group),
    contact: { address: of.address, maps: mapFacts(of), phone: phoneOf(of) },
    credential: credentialFacts(of, place, today), credentialTitle: credentialTitle[of.credential.kind], jsonLd: jsonLdOf(of, place, origin),
  };
  if (of.planned) return { ...shared, stands: 'planned' as const, planned: plannedFacts(of, of.planned) };
  if (group === 'ended') return { ...shared, stands: 'ended' as const, ended: endedText(of) };
  return {
    ...shared, stands: 'listed' as const, answer: answerOf(of, parameters, today), bands: bandsOf(of, today),
    admission: of.admission ? admissionText(of.admission, today) : null, fees: feeView(of, today), facts: placeFacts(of), freshness: freshnessOf(of, today),
  };
};
