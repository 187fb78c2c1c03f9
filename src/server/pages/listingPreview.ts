import { publicListing } from '#domain/listing/rules.ts';
import { proposedGroups, withFacts, withGroups } from '#domain/listingDraft/model.ts';
import type { Work } from '#domain/listingDraft/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { institutionView } from '#server/pages/institution.ts';

/** 预览: the public page as it will be once the draft is published; undefined where the institution is not public. */
export async function previewView(app: App, place: Jurisdiction, { draft, current, institution, listing }: Work) {
  const today = app.today();
  const groups = draft ? proposedGroups(draft) : [];
  const next = draft ? withGroups(current, draft.proposal, groups) : current;
  return institutionView(app, place, institution.id, new URLSearchParams(), '', { institution: withFacts(institution, next.facts, groups, today), listing: publicListing({ ...listing, words: next.words }, today) });
}
