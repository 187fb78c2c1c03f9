import type { CaseView } from '#domain/complaints/caseViews.ts';

/** A first draft of what may leave the office: the story with long numbers taken out. Somebody reads and edits it before it goes anywhere. */
export const draftOf = ({ story }: CaseView): string => (story?.happened ?? '').replace(/[0-9０-９][0-9０-９Xx\-\s]{5,}[0-9０-９Xx]/g, '（已隐去）').slice(0, 3_000);
