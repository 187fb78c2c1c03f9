import type { SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { phoneOf } from '#server/pages/institutionFacts.ts';
import { guidanceOf } from '#server/pages/listNotes.ts';
import { slotRange, slotsView } from '#server/pages/slots.ts';

/** 入户指导 of a place: its teams with their streets, numbers to verify by and open times; whom to ask where there is none. */
export async function homeVisitsView(app: App, place: Jurisdiction) {
  const { first, last } = slotRange(app.today(), 'homeVisit');
  const byTeam = new Map<string, SlotView[]>();
  for (const slot of await app.bookings.slotsIn(place.code, 'homeVisit', first, last)) byTeam.set(slot.host.id, [...byTeam.get(slot.host.id) ?? [], slot]);
  const teams = [...byTeam.values()].flatMap((slots) => {
    const [slot] = slots;
    if (slot?.details?.kind !== 'homeVisit') return [];
    const { subdistrict, verifyPhone } = slot.details;
    return [{
      name: slot.host.name, street: place.subdistricts.find(({ code }) => code === subdistrict)?.name ?? subdistrict, phone: phoneOf({ phone: verifyPhone }), sample: slot.host.name.startsWith('示例'),
      days: slotsView(place.slug, slots, app.now()),
    }];
  });
  return { teams, ask: guidanceOf(place) };
}
