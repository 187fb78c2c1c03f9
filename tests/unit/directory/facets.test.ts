import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { closeAfterSteps, countAges, feeSteps, flagConditions, openBeforeSteps, radiusSteps } from '#domain/directory/facetCounts.ts';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes, type Institution } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { searchDirectory, surveyDirectory } from '#domain/directory/searchDirectory.ts';
import { yearMonth } from '#domain/shared/dates.ts';
import { anyFacets, anyInstitutionAtAll } from '#tests/unit/directory/anyDirectory.ts';
import { aQuery, aSnapshot, today, xiacheng } from '#tests/unit/directory/builders.ts';
import { plainMeets, type PlainGround } from '#tests/unit/directory/plainFacets.ts';

vi.setConfig({ testTimeout: 120_000 }); // every option of every facet, asked plainly, five hundred times

const ground: PlainGround = { today, listable: xiacheng.listableCredentials, formerly: Object.fromEntries(xiacheng.subdistricts.flatMap(({ code, otherCodes }) => otherCodes.map((other) => [other, code]))) };
const found = (institutions: readonly Institution[], query: DirectoryQuery): readonly string[] => institutions.filter((of) => plainMeets(of, query, ground)).map(({ id }) => id).sort();
const directories = [11, 12, 13, 14].map((seed) => fc.sample(anyInstitutionAtAll, { seed, numRuns: 90 }));
const months = [-4, 0, 5, 6, 11, 17, 18, 24, 30, 35, 36, 40, 47];
const starts = ['2026-12', '2027-02', '2027-09'].map((month) => yearMonth.parse(month));

test('what is found, and every count beside every option, equal a plain second reading of the contract on 500 random combinations', () => {
  let answered = 0;
  fc.assert(fc.property(fc.constantFrom(...directories), anyFacets, (institutions, query) => {
    const snapshot = aSnapshot(institutions);
    const { items, total, facets } = searchDirectory(snapshot, query);
    const ids = found(institutions, query);
    answered += Number(ids.length > 0);
    expect(items.map(({ institution }) => institution.id).sort()).toEqual(ids);
    expect(total).toBe(ids.length);

    const count = (change: Partial<DirectoryQuery>): number => found(institutions, { ...query, ...change }).length;
    for (const one of classBands) expect(facets.band[one], one).toBe(count({ band: [one] }));
    for (const one of serviceModes) expect(facets.mode[one], one).toBe(count({ mode: [one] }));
    for (const one of institutionKinds) expect(facets.kind[one], one).toBe(count({ kind: [one] }));
    for (const one of ownerships) expect(facets.ownership[one], one).toBe(count({ ownership: [one] }));
    for (const { code } of xiacheng.subdistricts) expect(facets.subdistrict[code] ?? 0, code).toBe(count({ subdistrict: [code] }));
    for (const county of ['330105', '330106']) expect(facets.county[county] ?? 0, county).toBe(count({ county }));
    for (const flag of flagConditions) expect(facets[flag], flag).toBe(count({ [flag]: true }));
    for (const one of acceptances) {
      const accepts = [...new Set([...query.accepts, one])];
      expect(facets.accepts[one], one).toBe(count({ accepts }));
      expect(facets.acceptsSaid[one], one).toBe(institutions.filter((of) => of.accepts[one] === true && plainMeets(of, { ...query, accepts }, ground)).length);
    }
    openBeforeSteps.forEach((openBefore, at) => { expect(facets.openBefore[at], openBefore).toBe(count({ openBefore })); });
    closeAfterSteps.forEach((closeAfter, at) => { expect(facets.closeAfter[at], closeAfter).toBe(count({ closeAfter })); });
    feeSteps.forEach((maxFee, at) => { expect(facets.maxFee[at], String(maxFee)).toBe(count({ maxFee })); });
    radiusSteps.forEach((radius, at) => { expect(facets.radius[at], String(radius)).toBe(count({ radius })); });

    const ages = countAges(surveyDirectory(snapshot, query), query, snapshot, { months, starts });
    for (const one of months) expect(ages.months.get(one), `${String(one)} months`).toBe(count({ months: one }));
    if (query.months !== null) for (const start of starts) expect(ages.start.get(start), start).toBe(count({ start }));
  }), { numRuns: 500, seed: 20_261_122 });
  expect(answered).toBeGreaterThan(250); // most questions must have an answer, or nothing was compared
});

test('不填报 is never read as no: it stays in the answer, after those that say yes', () => {
  const [yes, no, silent] = [true, false, null].map((allergy) => ({ accepts: { allergy, medicine: null, specialNeeds: null } }));
  const institutions = fc.sample(anyInstitutionAtAll, { seed: 5, numRuns: 3 }).map((of, at) => ({ ...of, ...[silent, no, yes][at], credential: { ...of.credential, kind: 'filing' as const, state: 'receipted' as const }, missingSince: null }));
  const snapshot = aSnapshot(institutions);
  const query = aQuery({ accepts: ['allergy'] });
  const { items, facets } = searchDirectory(snapshot, query);
  expect(items.map(({ institution }) => institution.accepts.allergy)).toEqual([true, null]);
  expect([facets.accepts.allergy, facets.acceptsSaid.allergy]).toEqual([2, 1]);
});
