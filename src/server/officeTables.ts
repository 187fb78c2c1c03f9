import { demandBands } from '#domain/demand/model.ts';
import { addDays, writeInstant } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { seeOther } from '#server/bookingDeskPages.ts';
import { readTyped } from '#server/forms.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { demandTotalsText, faultText, messagesText, signalsText } from '#text/calls.ts';
import { fullDayText, monthText, slotStartText } from '#text/dates.ts';
import { demandBandText } from '#text/demand.ts';
import { noticeKindText } from '#text/notices.ts';

const kindNames: ReadonlyMap<string, string> = new Map(Object.entries(noticeKindText));

/** 未送达的通知: reads them, or puts one back to be sent anew, recorded under the account. */
export async function messagesStep(astro: Guarded, { account, place }: SignedIn) {
  const { callList } = astro.locals.app;
  const rows = async () => (await callList.deadLetters(place.code)).map((letter) => ({
    id: letter.id, what: kindNames.get(letter.kind) ?? letter.kind, why: faultText[letter.fault] ?? letter.fault, tries: messagesText.failed(letter.attempts), since: slotStartText(writeInstant(letter.deadAt)),
  }));
  if (astro.request.method !== 'POST') return { status: 200, rows: await rows(), notice: astro.url.searchParams.get('done') === 'revived' ? { tone: 'leaf' as const, sentence: messagesText.revived } : null };
  const typed = await readTyped(astro.request);
  if (await callList.revive(place.code, typed['letter'] ?? '', account.id)) return seeOther('/office/messages/?done=revived');
  return { status: 409, rows: await rows(), notice: { tone: 'amber' as const, sentence: messagesText.gone } };
}

const rangeDays = ['30', '90', '365'] as const;

/** 参观反馈 by institution over the last days asked for; who was asked to pay on the spot most often first. A street sees its own institutions. */
export async function signalsView(app: App, { account, place }: SignedIn, asked: string | null) {
  const days = rangeDays.find((one) => one === asked) ?? '90';
  const to = app.today();
  const from = addDays(to, 1 - Number(days));
  const [totals, names] = await Promise.all([app.desk.signals(place.code, from, to), app.accounts.institutionNames(place.code)]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const streetOf = await Promise.all(totals.map(async ({ institution }) => (account.subdistrict === null ? null : app.directory.subdistrictOf(place.code, institution))));
  const seen = totals.filter((_, at) => account.subdistrict === null || streetOf[at] === account.subdistrict);
  return {
    days, period: signalsText.period(fullDayText(from), fullDayText(to)), ranges: rangeDays.map((value) => ({ value, label: signalsText.ranges[value] })),
    rows: seen.map((total) => [
      nameOf.get(total.institution) ?? { text: signalsText.gone, muted: true }, ...[total.answered, total.infoNotMatched, total.infoPartly, total.askedToPay, total.enrolled].map(String),
    ]),
  };
}

const bandNames: ReadonlyMap<string, string> = new Map(demandBands.map((band) => [band, demandBandText[band]]));

/** 需求汇总 street × band × month; counts under five hidden. A street sees its own. */
export async function demandTotalsView(app: App, { account, place }: SignedIn) {
  const totals = await app.demand.totals(place.code);
  const nameOf = new Map<string, string>(place.subdistricts.map(({ code, name }) => [code, name]));
  const said = (count: number | null) => (count === null ? { text: demandTotalsText.hidden, muted: true } : String(count));
  const whole = totals.find(({ subdistrict }) => subdistrict === null);
  return {
    whole: whole === undefined || account.subdistrict !== null ? null : said(whole.count),
    rows: totals.filter(({ subdistrict }) => subdistrict !== null && (account.subdistrict === null || subdistrict === account.subdistrict)).map(({ subdistrict, band, month, count }) => [
      nameOf.get(subdistrict ?? '') ?? subdistrict ?? '', band === null ? demandTotalsText.all : bandNames.get(band) ?? band, month === null ? demandTotalsText.all : monthText(month), said(count),
    ]),
  };
}

