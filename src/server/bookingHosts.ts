import type { SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { phoneOf } from '#server/pages/institutionFacts.ts';

/** Whom a booking is with, as its pages name it: an institution, or a 入户指导 team, which has no page, no address and one number to verify by. */
export type HostShown = {
  readonly kind: 'institution' | 'team'; readonly id: string; readonly name: string; readonly href: string | null; readonly address: string | null;
  readonly phone: { readonly number: string; readonly href: string } | null; readonly sample: boolean;
};

/** The host of a slot, with its telephone as far as it is known. */
export async function hostShown(app: Pick<App, 'directory'>, place: Pick<Jurisdiction, 'code' | 'slug'>, slot: Pick<SlotView, 'host' | 'details'>): Promise<HostShown> {
  const { id, name } = slot.host;
  const institution = (await app.directory.find(place.code, id))?.institution;
  if (institution) return { kind: 'institution', id, name: institution.name, href: `/${place.slug}/institutions/${id}/`, address: institution.address, phone: phoneOf(institution), sample: institution.sample };
  const verifyPhone = slot.details?.kind === 'homeVisit' ? slot.details.verifyPhone : null;
  return { kind: 'team', id, name, href: null, address: null, phone: phoneOf({ phone: verifyPhone }), sample: name.startsWith('示例') };
}
