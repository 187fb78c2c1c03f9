import { exportQueues } from '#server/pages/dueExports.ts';
import { officeQueues } from '#server/pages/dueOffice.ts';
import { portalQueues } from '#server/pages/duePortal.ts';
import { leadQueues } from '#server/pages/dueLeads.ts';
import { listingQueues } from '#server/pages/dueListings.ts';
import { supervisionQueues } from '#server/pages/dueSupervision.ts';
import { inspectionQueues } from '#server/pages/dueInspections.ts';
import type { DueQueue } from '#server/pages/dues.ts';

/** Everything the start pages count. A new queue (listings to review, leads) adds its line here: who may see it, where it is worked on, and what waits. */
export const dueQueues: readonly DueQueue[] = [...officeQueues, ...portalQueues, ...listingQueues, ...leadQueues, ...exportQueues, ...supervisionQueues, ...inspectionQueues];
