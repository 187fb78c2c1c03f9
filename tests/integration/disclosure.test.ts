import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { fewestShown, figuresOf } from '#domain/complaints/figures.ts';
import type { Complaints } from '#server/complaints.ts';
import { makeCounts } from '#server/counts.ts';
import { hideSmall } from '#domain/demand/totals.ts';
import { classBands, institutionKinds, serviceModes, type Institution } from '#domain/directory/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, instant, instantAt, isoDate } from '#domain/shared/dates.ts';
import { makeDirectory } from '#server/directory.ts';
import { makeDisclosure } from '#server/disclosure.ts';
import { complaintStore } from '#storage/complaints.ts';
import { demandStore } from '#storage/demand.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { publishRecords, recordOf } from '#storage/published.ts';
import type { Storage } from '#storage/schema.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { engines } from '#tests/integration/storage/engines.ts';

const today = isoDate.parse('2026-11-23');
const now = instant.parse(Date.parse('2026-11-23T10:00:00+08:00'));
const places = loadJurisdictions('data');
const place = places.find(({ slug }) => slug === 'zezhou');
if (!place) throw new Error('no place');
const code = jurisdictionCode.parse(place.code);

const uuid = (kind: string, index: number): string => `0190${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null });
const days = ['2026-09-01', '2026-10-23', '2026-10-24', '2026-11-23', '2026-11-24'] as const;
const street = fc.constantFrom(...place.subdistricts.slice(0, 5).map((one) => one.code));

const offer = fc.record({ band: fc.constantFrom(...classBands), places: maybe(fc.integer({ min: 0, max: 40 })), free: maybe(fc.integer({ min: 0, max: 9 })), confirmedOn: maybe(fc.constantFrom(...days)), availableFrom: fc.constant(null) });
const careFee = (band: string) => fc.record({ item: fc.constant('care'), mode: fc.constant('fullDay'), band: fc.constant(band), amount: maybe(fc.integer({ min: 100, max: 5000 }).map((yuan) => yuan * 100)), per: fc.constant('month'), required: fc.constant(true), note: fc.constant(null) });
const recognition = fc.record({ authority: fc.constant('示例机关'), documentNumber: fc.constant(null), from: fc.constantFrom('2026-01-01', '2026-11-24'), until: maybe(fc.constantFrom('2026-11-22', '2026-11-23', '2027-12-31')), places: fc.constantFrom(...classBands).chain((band) => fc.integer({ min: 1, max: 20 }).map((count) => [{ band, places: count }])), priceCeiling: fc.constant(null), audience: fc.constant(null) });
const made = fc.uniqueArray(offer, { selector: ({ band }) => band, maxLength: 4, size: 'max' }).chain((bands) => fc.record({
  bands: fc.constant(bands), fees: fc.tuple(...bands.map(({ band }) => careFee(band))), recognitions: fc.array(recognition, { maxLength: 2 }),
  subdistrict: maybe(street), kind: maybe(fc.constantFrom(...institutionKinds)), modes: fc.uniqueArray(fc.constantFrom(...serviceModes), { maxLength: 4 }),
  credential: fc.constantFrom('receipted', 'receipted', 'receipted', 'changed', 'changed', 'suspended', 'withdrawn', 'submitted').map((state) => ({ kind: 'filing', state, number: null, receiptedOn: '2024-09-28', authority: '示例机关', since: null, decisionNumber: null })),
  missingSince: fc.constantFrom(null, null, null, null, '2026-11-01'),
}));
// A case: received inside the year or just outside it, with or without a term, answered before, on or after its last day, rated or not.
const complaint = fc.record({
  subject: fc.constantFrom('fee', 'safety', 'food'), lead: fc.constantFrom('health', 'police', null), received: fc.constantFrom('2025-11-30', '2025-12-01', '2026-06-01', '2026-11-22', '2026-11-23', '2026-11-24'), time: fc.constantFrom('00:00', '12:00', '23:59'),
  state: fc.constantFrom('received', 'answered', 'closed', 'closed', 'withdrawn'), answerBy: maybe(fc.constantFrom('2026-10-20', '2026-11-22', '2026-11-23')), answered: maybe(fc.constantFrom('2026-10-20', '2026-10-21', '2026-11-23')), satisfaction: maybe(fc.integer({ min: 1, max: 5 })),
});
// Many cells, or two of which one is small.
const complaints = fc.oneof(fc.array(complaint, { maxLength: 45, size: 'max' }), fc.tuple(fc.array(complaint, { minLength: 12, maxLength: 20, size: 'max' }), fc.array(complaint, { minLength: 3, maxLength: 6 }))
  .map(([many, few]) => [...many.map((one) => ({ ...one, subject: 'fee', lead: 'health' })), ...few.map((one) => ({ ...one, subject: 'fee', lead: 'police' }))]));
const district = fc.record({ cases: complaints, institutions: fc.array(made, { minLength: 8, maxLength: 24, size: 'max' }), demand: fc.array(street, { maxLength: 25 }), grades: fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 8 }), counts: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 8 }) });

type District = typeof district extends fc.Arbitrary<infer Of> ? Of : never;

async function fill(storage: Storage, { institutions, demand, grades, counts, cases }: District): Promise<void> {
  const all: Institution[] = institutions.map((of, index) => anInstitution({ ...of, id: uuid('a000', index), jurisdiction: code, name: `示例·${String(index)}托育园` }));
  await publishRecords(storage, code, all.map((of) => recordOf(of, 'sample', '{}')), (changed) => ({ id: uuid('e000', 0), jurisdiction: code, at: now, kind: 'samples-loaded', actor: 'system', objectKind: 'directory', objectId: code, detail: { changed } }));
  await storage.write(async (tx) => {
    for (const [index, subdistrict] of demand.entries()) {
      await tx.insertInto('demand').values({
        id: uuid('b000', index), jurisdiction_code: code, reference: `D-${String(index)}`, query_code_hash: `h${String(index)}`, subdistrict_code: subdistrict, band: 'toddler', start_month: '2027-01', modes: '["fullDay"]', max_fee: null, reach: 'street',
        institutions: '[]', shown: '[]', state: index % 7 === 0 ? 'withdrawn' : 'looking', version: 1, round: 1, sealed: index % 7 === 0 ? '' : 'x', phone_key: null, phone_ordinal: null, rules_version: 'x', made_at: now, lapses_on: '2027-05-01',
      }).execute();
    }
    for (const [index, grade] of grades.entries()) {
      await tx.insertInto('assessment').values({ id: uuid('c000', index), institution_id: uuid('a000', index % all.length), jurisdiction_code: code, grade, standard: '示例标准', body: '示例机关', assessed_on: `2026-0${String((index % 8) + 1)}-01`, valid_until: index % 3 === 0 ? '2026-11-22' : null, document_number: null, note: null }).execute();
      await tx.insertInto('decision').values({ id: uuid('d000', index), institution_id: uuid('a000', index % all.length), jurisdiction_code: code, kind: 'warning', number: `示例${String(index)}号`, body: '示例机关', decided_on: '2026-02-01', until_day: ['2026-11-22', '2026-11-23', null][index % 3] ?? null, about: '示例', withdrawn_on: index % 4 === 0 ? '2026-10-01' : null, withdrawn_note: index % 4 === 0 ? '示例' : null, reply: null, replied_on: null }).execute();
    }
    for (const [index, { subject, lead, received, time, state, answerBy, answered, satisfaction }] of cases.entries()) {
      const id = uuid('1000', index);
      await tx.insertInto('complaint').values({
        id, jurisdiction_code: code, reference: `T-${String(index).padStart(8, '0')}`, query_code_hash: id, kind: 'complaint', subject, topic: null, institution_id: null, subdistrict_code: null, identity: 'anonymous', staff_witness: 0, channel: 'site', external_number: null,
        external_deadline: null, state, version: 1, received_at: instantAt(isoDate.parse(received), time), closed_at: null, lead_key: lead, assignment: '{}', clock_basis: 'site', confirm_by: null, answer_by: answerBy, due_on: '2026-12-20', waiting_since: null, extended_from: null, keep_until: null,
        handler: null, satisfaction, reopened_at: null, master_id: null, is_mass: 0, legal_hold: null, entered_by: null, sealed_story: '', sealed_identity: null,
      }).execute();
      if (answered !== null) await tx.insertInto('case_move').values([answered, '2026-11-23'].map((on, ordinal) => ({ complaint_id: id, ordinal: ordinal + 1, at: instantAt(isoDate.parse(on), '23:59'), move: 'answer', state: 'answered', actor: 'a', reason: null, department: null }))).execute();
    }
    for (const [index, children] of counts.slice(0, all.length).entries()) {
      await tx.insertInto('monthly_count').values({ id: uuid('f000', index), jurisdiction_code: code, institution_id: uuid('a000', index), month: '2026-10', said: JSON.stringify({ parts: [{ band: 'toddler', mode: 'fullDay', children }], affordable: null, migrant: null, careWorkers: 1 }), said_by: 'institution', account_id: 'x', version: 1, reported_at: now }).execute();
    }
  });
}

const casesOf = (storage: Storage): Pick<Complaints, 'figures'> => ({ figures: async (jurisdiction, range) => figuresOf(await complaintStore(storage).figureRows(jurisdiction, instantAt(range.first, '00:00'), instantAt(addDays(range.last, 1), '00:00')), range, today) });
const disclosureOf = (storage: Storage) => makeDisclosure({
  storage, directory: makeDirectory(storage, places, 'data', () => today), counts: makeCounts(storage, 'data', () => now), complaints: casesOf(storage), today: () => today,
  demand: { totals: async (jurisdiction) => hideSmall(await demandStore(storage).countDemand(jurisdiction, today)) },
});

// What is listed, in SQL of its own.
const listed = sql`FROM institution i JOIN credential c ON c.institution_id = i.id WHERE i.jurisdiction_code = ${code} AND c.kind = 'filing' AND c.state IN ('receipted', 'changed') AND i.missing_since IS NULL`;
const known = sql`AND EXISTS (SELECT 1 FROM band_offer b WHERE b.institution_id = i.id) AND NOT EXISTS (SELECT 1 FROM band_offer b WHERE b.institution_id = i.id AND b.places IS NULL)`;

async function one(storage: Storage, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ n: number | string | null }>`${query}`.execute(storage.read);
  return Number(rows[0]?.n ?? 0);
}

/** The middle of amounts as people count it. */
const middle = (amounts: readonly number[]): number | null => {
  const sorted = amounts.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0 ? null : sorted.length % 2 === 1 ? sorted[Math.floor(half)] ?? null : Math.round(((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2);
};

describe.each(engines)('本地托育情况 on $engine', ({ engine, open }) => {
  test('every figure equals a count of its own over the tables', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(district, async (random) => {
      const opened = await open();
      try {
        const { storage } = opened;
        await fill(storage, random);
        const { supply, coverage, demand, grades, decisions, decisionsInForce, counted, goals, complaints } = await disclosureOf(storage).of(place);
        const ask = (query: ReturnType<typeof sql>) => one(storage, query);
        expect(supply.institutions).toBe(await ask(sql`SELECT count(*) AS n ${listed}`));
        expect(supply.places).toEqual({ sum: await ask(sql`SELECT sum(b.places) AS n FROM band_offer b WHERE b.institution_id IN (SELECT i.id ${listed} ${known})`), of: await ask(sql`SELECT count(*) AS n ${listed} ${known}`) });
        const fresh = sql`b.free IS NOT NULL AND b.confirmed_on >= '2026-10-24' AND b.confirmed_on <= '2026-11-23'`;
        expect(supply.free).toEqual({ sum: await ask(sql`SELECT sum(b.free) AS n FROM band_offer b WHERE ${fresh} AND b.institution_id IN (SELECT i.id ${listed})`), of: await ask(sql`SELECT count(DISTINCT b.institution_id) AS n FROM band_offer b WHERE ${fresh} AND b.institution_id IN (SELECT i.id ${listed})`) });
        const recognised = sql`FROM recognised_places p JOIN recognition r ON r.institution_id = p.institution_id AND r.ordinal = p.ordinal WHERE r.from_day <= '2026-11-23' AND (r.until_day IS NULL OR r.until_day >= '2026-11-23') AND p.institution_id IN`;
        expect(supply.affordable.sum).toBe(await ask(sql`SELECT sum(p.places) AS n ${recognised} (SELECT i.id ${listed})`));
        expect(supply.affordableShare?.part ?? 0).toBe(supply.affordableShare === null ? 0 : await ask(sql`SELECT sum(p.places) AS n ${recognised} (SELECT i.id ${listed} ${known})`));
        for (const kind of institutionKinds) expect(supply.kinds[kind]).toBe(await ask(sql`SELECT count(*) AS n ${listed} AND i.kind = ${kind}`));
        for (const mode of serviceModes) expect(supply.modes[mode]).toBe(await ask(sql`SELECT count(*) AS n FROM service_mode m WHERE m.mode = ${mode} AND m.institution_id IN (SELECT i.id ${listed})`));
        for (const band of classBands) {
          expect(supply.bandPlaces[band]).toEqual({ sum: await ask(sql`SELECT sum(b.places) AS n FROM band_offer b WHERE b.band = ${band} AND b.institution_id IN (SELECT i.id ${listed})`), of: await ask(sql`SELECT count(b.places) AS n FROM band_offer b WHERE b.band = ${band} AND b.institution_id IN (SELECT i.id ${listed})`) });
          const { rows } = await sql<{ amount: number | string }>`SELECT f.amount FROM fee f WHERE f.item = 'care' AND f.band = ${band} AND f.amount IS NOT NULL AND f.institution_id IN (SELECT i.id ${listed})`.execute(storage.read);
          expect(supply.fees[band]?.median ?? null).toBe(middle(rows.map(({ amount }) => Number(amount))));
          expect(supply.fees[band]?.of ?? 0).toBe(rows.length);
        }
        for (const { subdistrict, institutions } of supply.streets) if (subdistrict !== null) expect(institutions).toBe(await ask(sql`SELECT count(*) AS n ${listed} AND i.subdistrict_code = ${subdistrict}`));
        const covered = await ask(sql`SELECT count(DISTINCT i.subdistrict_code) AS n ${listed} AND i.subdistrict_code IS NOT NULL`);
        expect(coverage.covered).toHaveLength(covered);
        const townships = goals.find(({ target }) => target.measure === 'townshipCoverage')?.outcome;
        expect(townships).toMatchObject({ kind: covered === coverage.covered.length + coverage.uncovered.length ? 'reached' : 'notReached', now: covered });
        const wanted = await ask(sql`SELECT count(*) AS n FROM demand WHERE jurisdiction_code = ${code} AND state <> 'withdrawn'`);
        expect(demand.find(({ subdistrict, band }) => subdistrict === null && band === null)?.count ?? null).toBe(wanted < 5 ? null : wanted);
        for (const { subdistrict, band, count } of demand) if (count !== null && subdistrict !== null && band === null) expect(count).toBe(await ask(sql`SELECT count(*) AS n FROM demand WHERE subdistrict_code = ${subdistrict} AND state <> 'withdrawn'`));
        const inPublic = sql`(SELECT i.id FROM institution i JOIN credential c ON c.institution_id = i.id WHERE i.jurisdiction_code = ${code} AND c.kind = 'filing' AND c.state IN ('receipted', 'changed', 'suspended', 'withdrawn'))`;
        expect(grades).toHaveLength(await ask(sql`SELECT count(DISTINCT institution_id) AS n FROM assessment WHERE (valid_until IS NULL OR valid_until >= '2026-11-23') AND institution_id IN ${inPublic}`));
        expect(decisions).toHaveLength(await ask(sql`SELECT count(*) AS n FROM decision WHERE (until_day IS NULL OR until_day >= '2026-11-23') AND institution_id IN ${inPublic}`));
        expect(decisionsInForce).toBe(await ask(sql`SELECT count(*) AS n FROM decision WHERE withdrawn_on IS NULL AND (until_day IS NULL OR until_day >= '2026-11-23') AND institution_id IN ${inPublic}`));
        const day = (moment: ReturnType<typeof sql>) => (engine === 'sqlite' ? sql`date(${moment} / 1000 + 28800, 'unixepoch')` : sql`to_char(to_timestamp(${moment} / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')`);
        const within = sql`FROM complaint c LEFT JOIN (SELECT complaint_id, min(at) AS at FROM case_move GROUP BY complaint_id) a ON a.complaint_id = c.id WHERE c.jurisdiction_code = ${code} AND c.state NOT IN ('merged', 'withdrawn') AND ${day(sql`c.received_at`)} BETWEEN '2025-12-01' AND '2026-11-23'`;
        const part = (of: number, all: number) => (all < fewestShown ? null : Math.round((100 * of) / all));
        const shares = async (more: ReturnType<typeof sql>) => ({
          inTime: part(await ask(sql`SELECT count(*) AS n ${within} ${more} AND ${day(sql`a.at`)} <= c.answer_by`), await ask(sql`SELECT count(*) AS n ${within} ${more} AND c.answer_by IS NOT NULL AND (a.at IS NOT NULL OR c.answer_by < '2026-11-23')`)),
          satisfied: part(await ask(sql`SELECT count(*) AS n ${within} ${more} AND c.satisfaction IN (4, 5)`), await ask(sql`SELECT count(c.satisfaction) AS n ${within} ${more}`)),
        });
        const received = await ask(sql`SELECT count(*) AS n ${within}`);
        expect(complaints).toMatchObject({ first: '2025-12-01', last: '2026-11-23', total: received < fewestShown ? null : received, ...await shares(sql``) });
        let [small, cells] = [0, 0];
        for (const subject of ['fee', 'safety', 'food']) {
          for (const lead of ['health', 'police', null]) {
            const of = sql`AND c.subject = ${subject} AND ${lead === null ? sql`c.lead_key IS NULL` : sql`c.lead_key = ${lead}`}`;
            const count = await ask(sql`SELECT count(*) AS n ${within} ${of}`);
            const shown = complaints.cells.find((cell) => cell.subject === subject && cell.department === lead);
            if (count === 0) expect(shown).toBeUndefined();
            else if (count < fewestShown) expect(shown?.cases).toBeNull();
            if (shown?.cases !== null && shown !== undefined) expect(shown).toMatchObject({ cases: count, ...await shares(of) });
            small += count > 0 && count < fewestShown ? 1 : 0;
            cells += count > 0 ? 1 : 0;
          }
        }
        // One hidden cell beside a published total could be worked out: then another is hidden with it.
        expect(complaints.cells.filter(({ cases }) => cases === null)).toHaveLength(small === 1 ? Math.min(2, cells) : small);
        const childOf = engine === 'sqlite' ? sql`json_extract(said, '$.parts[0].children')` : sql`((said::json)->'parts'->0->>'children')::int`;
        expect(counted.all.children).toBe(await ask(sql`SELECT sum(${childOf}) AS n FROM monthly_count WHERE month = '2026-10' AND institution_id IN (SELECT i.id ${listed})`));
      } finally {
        await opened.leave();
      }
    }), { numRuns: engine === 'sqlite' ? 40 : 8 });
  });
});
