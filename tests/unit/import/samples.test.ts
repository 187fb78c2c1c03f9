import { expect, test } from 'vitest';
import { classBands, institutionKinds, ownerships, serviceModes, type Institution } from '#domain/directory/model.ts';
import { addDays, daysBetween } from '#domain/shared/dates.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';
import { aPlace, importDay } from '#tests/builders/importList.ts';

const confirmedAgo = ({ confirmedOn }: Institution): number => (confirmedOn === null ? 0 : daysBetween(confirmedOn, importDay));
const recognisedOf = (one: Institution): 'all' | 'some' | 'none' | 'expired' => {
  const [first] = one.recognitions;
  if (!first) return 'none';
  if (first.until !== null && first.until < importDay) return 'expired';
  const [share, of] = [first.places, one.bands].map((list) => list.reduce((total, { places }) => total + (places ?? 0), 0));
  return share === of ? 'all' : 'some';
};

test.each(['hebei', 'daqing', 'zezhou', 'xiacheng'])('the 24 samples of %s show everything a record can say, and say that they are invented', (slug) => {
  const place = aPlace(slug);
  const samples = sampleInstitutions(place, importDay);
  expect([samples.length, new Set(samples.map(({ id }) => id)).size, new Set(samples.map(({ name }) => name)).size]).toEqual([24, 24, 24]);
  for (const one of samples) {
    expect(one).toMatchObject({ sample: true, creditCode: null, phone: null, source: { title: '示例数据（虚构）' }, credential: { number: null } });
    expect(one.name).toMatch(/^示例/);
    expect(place.listableCredentials).toContain(one.credential.kind);
  }
  const shown = (of: (one: Institution) => readonly unknown[]): ReadonlySet<unknown> => new Set(samples.flatMap(of));
  expect(shown(({ kind }) => [kind])).toEqual(new Set(institutionKinds));
  expect(shown(({ ownership }) => [ownership])).toEqual(new Set(ownerships));
  expect(shown(({ modes }) => modes)).toEqual(new Set(serviceModes));
  expect(shown(({ bands }) => bands.map(({ band }) => band))).toEqual(new Set(classBands));
  expect(shown(({ admission }) => [admission?.rule])).toEqual(new Set(['byMonths', 'byCohort', undefined]));
  expect(shown((one) => [recognisedOf(one)])).toEqual(new Set(['all', 'some', 'none', 'expired']));
  for (const of of [({ fees }: Institution) => fees.length > 0, ({ point }: Institution) => point !== null, (one: Institution) => confirmedAgo(one) > 90,
    (one: Institution) => confirmedAgo(one) < 30 && one.bands.some(({ free }) => (free ?? 0) > 0)]) expect(new Set(samples.map(of)).size).toBe(2);
});

test('samples are the same for the same day, and stay fresh and stale as days go by', () => {
  const place = aPlace('hebei');
  expect(sampleInstitutions(place, importDay)).toEqual(sampleInstitutions(place, importDay));
  const [today, later] = [sampleInstitutions(place, importDay), sampleInstitutions(place, addDays(importDay, 100))];
  expect(later.map(({ id }) => id)).toEqual(today.map(({ id }) => id));
  expect(later.map(({ confirmedOn }) => confirmedOn && daysBetween(confirmedOn, addDays(importDay, 100)))).toEqual(today.map(({ confirmedOn }) => confirmedOn && daysBetween(confirmedOn, importDay)));
});
