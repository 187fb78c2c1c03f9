import { isInForce, type Institution } from '#domain/directory/model.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { phoneOf, type Fact } from '#server/pages/institutionFacts.ts';
import { fullDayText } from '#text/dates.ts';
import { credentialText, notStated } from '#text/directory.ts';
import { institutionText } from '#text/institution.ts';
import { posterText } from '#text/poster.ts';

/** The address of an institution's page, as a poster's code carries it. */
export const institutionAddress = (origin: string, place: Pick<Jurisdiction, 'slug'>, id: string): string => `${origin}/${place.slug}/institutions/${id}/`;

/** 海报 of an institution in force: name, which body keeps its credential since when, where it is and how to call; undefined for any other. */
export const posterView = (of: Institution, place: Jurisdiction) => {
  if (!isInForce(of.credential) || of.missingSince !== null || of.planned) return undefined;
  const { credential } = of;
  const authority = credential.authority ?? (credential.kind === 'filing' ? place.filingAuthority : null);
  const facts: readonly Fact[] = [
    { name: posterText.keeper, value: authority, missing: institutionText.numberMissing },
    { name: posterText.on, value: credential.receiptedOn && fullDayText(credential.receiptedOn), missing: institutionText.numberMissing },
    { name: posterText.address, value: of.address, missing: notStated },
    { name: posterText.phone, value: phoneOf(of)?.number ?? null, missing: notStated },
  ];
  return { name: of.name, badge: credentialText[credential.kind], facts, sample: of.sample };
};
