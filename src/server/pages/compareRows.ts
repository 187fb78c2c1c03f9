import { agreementOf, chargeKey, itemsStated, type Agreement, type ComparedFacts } from '#domain/directory/compare.ts';
import { acceptances, type Fee } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { freshDays } from '#domain/listing/rules.ts';
import { daysBetween, type IsoDate } from '#domain/shared/dates.ts';
import { freeConfirmedOn, whereOf } from '#server/pages/cards.ts';
import { phoneOf } from '#server/pages/institutionFacts.ts';
import { compareText as words } from '#text/compare.ts';
import { fullDayText, monthText } from '#text/dates.ts';
import { acceptanceText, bandText, credentialStateText, credentialText, distanceText, feeItemText, kindText, modeText, notStated, ownershipText } from '#text/directory.ts';
import { admissionText, affordableText, answerText, endedText, feeMissing, freeText, hoursText, includesText, institutionText, moneyText, monthlyFeeText, notIncludedText } from '#text/institution.ts';

/** What one institution says in one row: lines of text, or that it says nothing. */
export type CompareCell = { readonly lines: readonly string[]; readonly missing: boolean; readonly href?: string; readonly note?: string };
/** One fact of all institutions; `agreement` null where a difference means nothing (address, telephone). */
export type CompareRow = { readonly label: string; readonly agreement: Agreement | null; readonly cells: readonly CompareCell[] };
export type CompareGroup = { readonly title: string; readonly rows: readonly CompareRow[] };

type Said = string | Omit<CompareCell, 'missing'>;
type RowOf<Value> = {
  /** null: not stated. */
  readonly of: (facts: ComparedFacts) => Value | null;
  readonly say: (value: Value, facts: ComparedFacts) => Said;
  /** What must be equal for two institutions to be alike; the value itself where nothing is said. */
  readonly key?: (value: Value, facts: ComparedFacts) => unknown;
  readonly missing?: string | ((facts: ComparedFacts) => string);
  /** Each institution has its own: never marked, never put away. */
  readonly own?: boolean;
};

const rowOf = <Value>(compared: readonly ComparedFacts[], label: string, { of, say, key, missing = notStated, own = false }: RowOf<Value>): CompareRow => {
  const values = compared.map(of);
  const keyed = values.map((value, at) => {
    const facts = compared[at];
    return value === null || !facts || !key ? value : key(value, facts);
  });
  return {
    label, agreement: own ? null : agreementOf(keyed),
    cells: compared.map((facts, at) => {
      const value = values[at] ?? null;
      if (value === null) return { lines: [typeof missing === 'string' ? missing : missing(facts)], missing: true };
      const said = say(value, facts);
      return typeof said === 'string' ? { lines: [said], missing: false } : { missing: false, ...said };
    }),
  };
};

/** The age asked, and where distances count from. */
type Asked = Pick<DirectoryQuery, 'months' | 'near'> & { readonly startName: string | null };
type Rows = (compared: readonly ComparedFacts[], place: Jurisdiction, asked: Asked, today: IsoDate) => readonly CompareRow[];

const endedCell = ({ institution }: ComparedFacts): string => endedText(institution).title;
const bandsSaid = ({ bandsHeld }: ComparedFacts): string => (bandsHeld ?? []).map((band) => bandText[band]).join('、');

const fitRows: Rows = (compared, _place, { months }, today) => [
  months === null
    ? rowOf(compared, words.row.admission, {
      of: ({ institution: { admission }, bandsHeld }) => admission ?? bandsHeld,
      say: (_value, facts) => {
        const { admission } = facts.institution;
        const bands = facts.bandsHeld === null ? [] : [bandsSaid(facts)];
        return { lines: admission ? [admissionText(admission, today), ...bands] : bands };
      },
    })
    : rowOf(compared, words.row.canCome, {
      of: ({ fit, ended }) => (ended ? 'ended' : fit),
      say: (fit, facts) => (fit === 'ended' ? endedCell(facts) : answerText(months, fit, today)),
      key: (fit) => (fit === 'ended' ? fit : [fit.fits, fit.reason, fit.from !== null && fit.from > today.slice(0, 7) ? fit.from : null]),
    }),
  rowOf(compared, words.row.from, {
    of: ({ from }) => from,
    say: (from, { free }) => (from > today.slice(0, 7) ? monthText(from) : words.now[free === null ? 'ask' : free > 0 ? 'free' : 'full']),
    key: (from, { free }) => (from > today.slice(0, 7) ? from : [free === null, free === 0]),
    missing: (facts) => (facts.ended ? endedCell(facts) : facts.fit?.fits === 'no' ? '—' : notStated),
  }),
  rowOf(compared, words.row.free, {
    of: ({ free }) => free,
    say: (free, { institution: of, bandsFor }) => freeText(free, freeConfirmedOn(of, bandsFor, today), of.phone, today),
    missing: (facts) => (facts.ended ? endedCell(facts) : freeText(null, freeConfirmedOn(facts.institution, facts.bandsFor, today), facts.institution.phone, today)),
  }),
];

const chargeLine = ({ mode, band, amount, per, required, note }: Fee, bandNamed: boolean): string => {
  const detail = [mode && modeText[mode], bandNamed && band ? bandText[band] : null, required ? null : '自选', note].filter(Boolean).join('，');
  return `${amount === null ? '金额未填报' : moneyText(amount, per)}${detail === '' ? '' : `（${detail}）`}`;
};

const feeRows: Rows = (compared) => [
  rowOf(compared, words.row.monthly, {
    of: ({ monthlyFee }) => monthlyFee, missing: feeMissing,
    say: (fee) => ({ lines: [monthlyFeeText(fee) ?? ''], note: [includesText(fee), notIncludedText(fee)].filter(Boolean).join('；') }),
    key: ({ amount, perDayNotIncluded, notStated: unknown }) => [amount, perDayNotIncluded, unknown],
  }),
  ...itemsStated(compared).map((item) => rowOf(compared, feeItemText[item], {
    of: ({ charges }) => (charges === null || charges[item].length === 0 ? null : charges[item]),
    say: (charges, { bandsFor }) => ({ lines: charges.map((charge) => chargeLine(charge, bandsFor?.length !== 1)) }),
    key: chargeKey,
    missing: ({ charges }) => (charges === null ? notStated : words.notListed),
  })),
  rowOf(compared, words.row.affordable, {
    of: ({ affordable }) => affordable ?? 'none',
    say: (share) => (share === 'none' ? words.noRecognition
      : { lines: [affordableText(share)], note: share.until === null ? '有效期未载明' : `到 ${fullDayText(share.until)}` }),
  }),
];

const yesNo = (label: string, of: (facts: ComparedFacts) => boolean | null, said: { readonly yes: string; readonly no: string }) =>
  (compared: readonly ComparedFacts[]): CompareRow => rowOf(compared, label, { of, say: (held) => (held ? said.yes : said.no) });

const dayRows: Rows = (compared) => [
  rowOf(compared, words.row.modes, {
    of: ({ institution: { modes } }) => (modes.length === 0 ? null : modes),
    say: (modes) => modes.map((mode) => modeText[mode]).join('、'), key: (modes) => [...modes].sort(),
  }),
  rowOf(compared, words.row.hours, { of: ({ institution: { hours } }) => hoursText(hours), say: (hours) => ({ lines: hours.split('；') }) }),
  rowOf(compared, words.row.extended, { of: ({ institution: { extendedUntil } }) => extendedUntil, say: (until) => `到 ${until}` }),
  yesNo(words.row.weekend, ({ weekend }) => weekend, words.weekend)(compared),
  yesNo(words.row.holidays, ({ institution }) => institution.opensInSchoolHolidays, words.holidays)(compared),
  yesNo(words.row.meals, ({ institution }) => institution.mealsProvided, words.meals)(compared),
  ...acceptances.map((acceptance) => yesNo(acceptanceText[acceptance], ({ institution }) => institution.accepts[acceptance], words.accepts)(compared)),
];

const credentialCell = ({ institution: { credential }, ended }: ComparedFacts, place: Jurisdiction): Said => {
  const state = credential.kind === 'filing' ? credentialStateText[credential.state] : null;
  const authority = credential.authority ?? (credential.kind === 'filing' ? place.filingAuthority : null);
  return {
    lines: [`${credentialText[credential.kind]}${state === null || (ended && state === '已备案') ? '' : `，${state}`}`],
    note: `${authority ?? words.authorityUnknown}${credential.authority === null && authority !== null ? `（${institutionText.authorityOfPlace}）` : ''}；${credential.receiptedOn === null ? '日期未载明' : fullDayText(credential.receiptedOn)}`,
  };
};

const whoRows: Rows = (compared, place, _asked, today) => [
  rowOf(compared, words.row.kind, {
    of: ({ institution: { kind } }) => kind,
    say: (kind, { institution: { openToNeighbours } }) => ({ lines: [kindText[kind]], ...(openToNeighbours === false ? { note: words.onlyStaff } : {}) }),
    key: (kind, { institution: { openToNeighbours } }) => [kind, openToNeighbours === false],
  }),
  rowOf(compared, words.row.ownership, { of: ({ institution: { ownership } }) => ownership, say: (ownership) => ownershipText[ownership] }),
  rowOf(compared, words.row.credential, {
    of: (facts) => facts, say: (facts) => credentialCell(facts, place),
    key: ({ institution: { credential }, ended }) => [credential.kind, credential.state, ended],
  }),
  rowOf(compared, words.row.confirmed, {
    of: ({ institution: { confirmedOn } }) => confirmedOn, own: true, missing: institutionText.neverConfirmed,
    say: (on) => {
      const days = daysBetween(on, today);
      return { lines: [fullDayText(on)], ...(days > freshDays ? { note: institutionText.staleSince(days) } : {}) };
    },
  }),
];

const whereRows: Rows = (compared, place, { near, startName }) => [
  ...(near === null ? [] : [rowOf(compared, words.distance(startName), {
    of: ({ metres }) => metres, say: (metres) => distanceText(metres).replace('直线距离', ''), own: true, missing: words.noPoint,
  })]),
  rowOf(compared, words.row.where, {
    of: ({ institution: of }) => (of.subdistrict === null && of.county === null ? null : whereOf(of, place)), say: (where) => where, own: true,
  }),
  rowOf(compared, words.row.address, { of: ({ institution: { address } }) => address, say: (address) => address, own: true }),
  rowOf(compared, words.row.phone, {
    of: ({ institution }) => phoneOf(institution), say: ({ number, href }) => ({ lines: [number], href }), own: true,
  }),
];

/** 并排比较: every row, in groups, as families ask: can my child come, what does it cost, how does a day run, who is it, where. */
export const compareGroups = (compared: readonly ComparedFacts[], place: Jurisdiction, asked: Asked, today: IsoDate): readonly CompareGroup[] => {
  const rows = { fit: fitRows, fees: feeRows, day: dayRows, who: whoRows, where: whereRows } as const;
  return (['fit', 'fees', 'day', 'who', 'where'] as const).map((group) => ({ title: words.group[group], rows: rows[group](compared, place, asked, today) }));
};
