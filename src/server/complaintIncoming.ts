import type { Incoming } from '#server/complaintPages.ts';
import { readTyped } from '#server/forms.ts';

/** What a form of complaints sent: fields as typed, files made clean. */
export async function readIncoming(request: Request): Promise<Incoming> {
  return { typed: await readTyped(request), files: [], fileErrors: [], busy: false };
}
