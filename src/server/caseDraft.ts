import type { CaseView } from '#domain/complaints/caseViews.ts';
import { redact } from '#domain/complaints/redact.ts';

/** A first draft of what may leave the office: the story without what could tell who wrote it. Somebody reads and edits it before it goes anywhere. */
export const draftOf = ({ story }: CaseView): string => redact(story?.happened ?? '').text.slice(0, 3_000);
