import { bandOf, readMonths, signsFor, type AskedMonth } from '#domain/guidance/month.ts';
import { isUnverified, monthTopics, type Checkup, type MonthLine, type Reference, type VaccineDose } from '#domain/guidance/monthModel.ts';
import { planOf } from '#domain/guidance/schedule.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { bandText, citeText, doseText, expectingText, finishText, fromAgeText, monthName, monthTitle, signsTitle, sourceText, thisMonthText as words, topicTitle, unreadableText } from '#text/thisMonth.ts';

/** A sentence and what stands behind it in small: where its number comes from. */
type Line = { readonly text: string; readonly cite: string | null };
/** One thing to do: what, when, and further words; `unverified` shows 待官方核对. */
export type Todo = { readonly title: string; readonly when: string; readonly notes: readonly string[]; readonly unverified: boolean };

/** Numbers the sources a page uses, in the order it first names them. */
const makeCites = (reference: Reference) => {
  const used: string[] = [];
  return {
    cite: (key: string, unverified = false): string => {
      if (!used.includes(key)) used.push(key);
      return citeText(used.indexOf(key) + 1, unverified || isUnverified(reference.sources.find((one) => one.key === key)?.confidence ?? null));
    },
    lines: () => used.flatMap((key) => {
      const source = reference.sources.find((one) => one.key === key);
      return source ? [{ text: sourceText(source), unverified: isUnverified(source.confidence) }] : [];
    }),
  };
};

const checkupTodo = (checkup: Checkup): Todo => ({
  title: checkup.name, when: checkup.window ?? monthName(checkup.ageMonths ?? 0),
  notes: [
    checkup.where,
    ...(checkup.screenings.length > 0 ? [`${words.screenings}：${checkup.screenings.join('、')}${isUnverified(checkup.screeningConfidence) ? `（${words.unverified}）` : ''}`] : []),
    ...(checkup.warningSigns ? [words.signsAsked] : []),
  ],
  unverified: isUnverified(checkup.confidence),
});

const doseTodo = ({ vaccine, dose, fromMonths, finishBeforeMonths, note, confidence }: VaccineDose): Todo => ({
  title: doseText(vaccine, dose), when: [fromAgeText(fromMonths), finishBeforeMonths === null ? '' : finishText(finishBeforeMonths)].filter(Boolean).join('，'),
  notes: note === null ? [] : [note], unverified: isUnverified(confidence),
});

const todosOf = (reference: Reference, months: number) => {
  const { checkupsNow, nextCheckup, dosesNow, nextDoses, earlierDoses } = planOf(months, reference);
  const groups = [
    { title: words.checkupNow, items: checkupsNow.map(checkupTodo) },
    { title: words.dosesNow, items: dosesNow.map(doseTodo) },
    { title: words.checkupNext, items: nextCheckup ? [checkupTodo(nextCheckup)] : [] },
    { title: words.dosesNext, items: nextDoses.map(doseTodo) },
  ].filter(({ items }) => items.length > 0);
  return { groups, done: nextCheckup === undefined && nextDoses.length === 0, earlier: earlierDoses.map(({ vaccine, dose, fromMonths }) => `${doseText(vaccine, dose)}（${monthName(fromMonths)}）`) };
};

const careOf = (slug: string, months: number) => [
  { href: `/${slug}/institutions/?months=${String(months)}`, label: words.careFits },
  { href: `/${slug}/demand/`, label: words.careOrder },
];

const hrefOf = (months: number): string => `?months=${String(months)}`;

const monthView = (reference: Reference, slug: string, months: number) => {
  const band = bandOf(months, reference.bands);
  if (!band) throw new Error(`data/reference/months.json has no band for ${String(months)} months`);
  const { cite, lines } = makeCites(reference);
  const write = (line: MonthLine): Line => (typeof line === 'string' ? { text: line, cite: null } : { text: line.text, cite: cite(line.source) });
  const sections = monthTopics.map((topic) => ({ topic, title: topicTitle[topic], lines: band[topic].map(write) }));
  const signs = signsFor(months, reference.warningSigns);
  for (const key of [...reference.doses, ...reference.checkups, ...reference.warningSigns].map(({ source }) => source)) cite(key);
  for (const key of band.sources) cite(key);
  return {
    kind: 'month' as const, months, title: monthTitle(months), lede: `${bandText(band.from, band.to)}${words.near}`, sections, todos: todosOf(reference, months),
    signs: signs && { title: signsTitle(signs.ageMonths, signs.ahead), unverified: signs.signs.some(({ confidence }) => isUnverified(confidence)), lines: signs.signs.map(({ sign }) => sign) },
    previous: months > 0 ? { href: hrefOf(months - 1), label: `${words.previous}：${monthName(months - 1)}` } : null,
    next: months < 36 ? { href: hrefOf(months + 1), label: `${words.next}：${monthName(months + 1)}` } : null,
    care: careOf(slug, months), sources: lines(),
  };
};

const expectingView = (reference: Reference, slug: string) => {
  const { cite, lines } = makeCites(reference);
  return {
    kind: 'expecting' as const, title: expectingText.title, lede: expectingText.lede,
    groups: expectingText.groups.map(({ title, lines: said }) => ({ title, lines: said.map(({ text, key, unverified }): Line => ({ text, cite: cite(key, unverified) })) })),
    next: { href: hrefOf(0), label: monthTitle(0) },
    care: [{ href: `/${slug}/institutions/?months=6`, label: words.careEarly }, { href: `/${slug}/demand/`, label: words.careOrder }], sources: lines(),
  };
};

const bodyOf = (asked: AskedMonth, reference: Reference, slug: string) => {
  if (asked.kind === 'month') return monthView(reference, slug, asked.months);
  if (asked.kind === 'expecting') return expectingView(reference, slug);
  if (asked.kind === 'older') return { kind: 'older' as const, title: words.olderTitle, lede: words.older[0], lines: words.older.slice(1), care: [{ href: `/${slug}/institutions/?months=37`, label: words.olderCare }] };
  return { kind: 'choose' as const, title: words.title, lede: words.lede, error: asked.kind === 'unreadable' ? unreadableText(asked.typed) : null };
};

/** 本月宝宝: the page an address asks for, and what the tool on the device needs. Throws when a month has no band. */
export const thisMonthView = (reference: Reference, slug: string, parameters: URLSearchParams, today: IsoDate) => {
  const asked = readMonths(parameters.getAll('months'));
  const shown = asked.kind === 'month' ? asked.months : asked.kind === 'expecting' ? -1 : asked.kind === 'older' ? 37 : null;
  return {
    body: bodyOf(asked, reference, slug),
    choices: [{ value: '-1', label: words.expecting }, ...Array.from({ length: 37 }, (_, months) => ({ value: String(months), label: monthName(months) }))],
    chosen: shown === null || shown > 36 ? undefined : String(shown),
    tool: {
      shown, today, page: `/${slug}/this-month/`,
      doses: reference.doses.map(({ id, vaccine, dose, fromMonths, finishBeforeMonths }) => ({ id, vaccine, dose, fromMonths, finishBeforeMonths })),
      checkups: reference.checkups.map(({ id, name, ageMonths, fromDay }) => ({ id, name, ageMonths, fromDay })),
    },
  };
};
export type ThisMonthView = ReturnType<typeof thisMonthView>;
