import { saveGroup, submitDraft } from '#domain/listingDraft/commands.ts';
import type { DraftActor, DraftDeps } from '#domain/listingDraft/ports.ts';
import type { Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { findSampleToWorkFor } from '#storage/institutionNames.ts';
import { draftStore } from '#storage/listingDrafts.ts';
import type { Storage } from '#storage/schema.ts';

type Group = Parameters<typeof saveGroup>[4];
type Sample = { readonly daysAgo: number; readonly sayer: 'institution' | 'street'; readonly said: (of: Institution, today: IsoDate) => readonly (readonly [Group, Readonly<Record<string, unknown>>])[] };

/** What invented institutions have handed in: words, a dearer fee of a later day, and one that a street wrote for them. */
const samples: readonly Sample[] = [
  { daysAgo: 4, sayer: 'institution', said: (of) => [['services', { mealsProvided: of.mealsProvided !== true, openToNeighbours: true, accepts: { allergy: true, medicine: true, specialNeeds: null } }], ['materials', { items: ['儿童入托健康检查表', '预防接种证', '监护人身份证明', '换洗衣物两套'] }]] },
  {
    daysAgo: 2, sayer: 'institution',
    said: ({ fees }, today) => (!fees.some(({ item, per, amount }) => item === 'care' && per === 'month' && amount !== null) ? [] : [['fees', { fees: fees.map((fee) => ({ ...fee, amount: fee.item === 'care' && fee.per === 'month' && fee.amount !== null ? fee.amount + 10_000 : fee.amount })), feesFrom: addDays(today, 40), feeNotice: { publishedOn: addDays(today, -2), committeeHeard: null } }]]),
  },
  { daysAgo: 1, sayer: 'street', said: () => [['materials', { items: ['儿童入托健康检查表', '预防接种证'] }]] },
];

/** Drafts of invented institutions that await review, once; none where a draft was ever made. Answers how many were handed in. */
export async function handInSampleDrafts(storage: Storage, { code }: Pick<Jurisdiction, 'code'>, institutions: readonly Institution[], today: IsoDate): Promise<number> {
  const held = await storage.read.selectFrom('listing_draft').select('id').where('jurisdiction_code', '=', code).executeTakeFirst();
  if (held) return 0;
  const demonstrated = await findSampleToWorkFor(storage.read, code);
  const free = institutions.filter(({ id }) => id !== demonstrated);
  let handedIn = 0;
  for (const [at, { daysAgo, sayer, said }] of samples.entries()) {
    const of = free[at * 3 + 2];
    if (!of) continue;
    const deps: DraftDeps = { store: draftStore(storage), newId, now: () => instantAt(addDays(today, -daysAgo), '09:30'), sealNotice: () => '' };
    const actor: DraftActor = { account: 'system', jurisdiction: code, sayer, institution: sayer === 'institution' ? of.id : null, subdistrict: sayer === 'street' ? of.subdistrict : null };
    let version = 0;
    for (const [group, content] of said(of, today)) {
      const saved = await saveGroup(deps, actor, of.id, version, group, content);
      if (saved.ok) version = saved.value.version;
    }
    if (version > 0 && (await submitDraft(deps, actor, of.id, version)).ok) handedIn += 1;
  }
  return handedIn;
}
