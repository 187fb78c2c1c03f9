import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { affordablePlaces } from '#domain/directory/places.ts';
import { classBands, institutionKinds, isInForce, ownerships, serviceModes } from '#domain/directory/model.ts';
import { daysBetween, isoDate } from '#domain/shared/dates.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { sampleInstitutions } from '#storage/files/samples.ts';

const today = isoDate.parse('2026-11-23');
const places = loadJurisdictions(join(import.meta.dirname, '..', '..', '..', 'data'));

describe.each(places.map((place) => [place.slug, place] as const))('the demonstration of %s', (_slug, place) => {
  const samples = sampleInstitutions(place, today);

  test('has 24 institutions, every one named 示例, filed without a number, without credit code or phone', () => {
    expect(samples).toHaveLength(24);
    expect(new Set(samples.map(({ id }) => id)).size).toBe(24);
    for (const { name, sample, creditCode, phone, credential } of samples) {
      expect(name).toMatch(/^示例·/);
      expect([sample, creditCode, phone, credential.number, isInForce(credential)]).toEqual([true, null, null, null, true]);
      expect(place.listableCredentials).toContain(credential.kind);
    }
  });

  test('shows every kind, ownership, mode, band and admission rule', () => {
    expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(institutionKinds));
    expect(new Set(samples.map(({ ownership }) => ownership))).toEqual(new Set(ownerships));
    expect(new Set(samples.flatMap(({ modes }) => modes))).toEqual(new Set(serviceModes));
    expect(new Set(samples.flatMap(({ bands }) => bands.map(({ band }) => band)))).toEqual(new Set(classBands));
    expect(new Set(samples.map(({ admission }) => admission?.rule))).toEqual(new Set(['byMonths', 'byCohort', undefined]));
  });

  test('shows 普惠 in part, whole, none and expired; fees, points, free places and dates present and missing', () => {
    const shares = samples.map((sample) => {
      if (sample.recognitions.length === 0) return 'none';
      const places = affordablePlaces(sample, today);
      return places === null ? 'expired' : places.places === places.of ? 'all' : 'some';
    });
    expect(new Set(shares)).toEqual(new Set(['none', 'expired', 'all', 'some']));
    const shown = (look: (sample: (typeof samples)[number]) => boolean) => new Set(samples.map(look)).size;
    expect(shown(({ fees }) => fees.length > 0)).toBe(2);
    expect(shown(({ point }) => point === null)).toBe(2);
    expect(shown(({ bands }) => bands.some(({ free }) => (free ?? 0) > 0))).toBe(2);
    expect(shown(({ confirmedOn }) => daysBetween(confirmedOn ?? today, today) > 90)).toBe(2);
    expect(shown(({ admission }) => admission?.rule === 'byMonths' && admission.min < 6)).toBe(2);
  });
});
