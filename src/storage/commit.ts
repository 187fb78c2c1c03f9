import { createHash } from 'node:crypto';
import { auditText, type AuditDraft } from '#domain/audit/model.ts';
import type { WriteTx } from '#storage/schema.ts';

const genesis = '0'.repeat(64);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** 操作留痕: appends an event to its jurisdiction's chain; the head row is the lock that keeps the chain single. */
export async function appendAudit(tx: WriteTx, draft: AuditDraft): Promise<void> {
  await tx.insertInto('audit_head').values({ jurisdiction_code: draft.jurisdiction, seq: 0, hash: genesis }).onConflict((clash) => clash.doNothing()).execute();
  const head = await tx.updateTable('audit_head').set((eb) => ({ seq: eb('seq', '+', 1) })).where('jurisdiction_code', '=', draft.jurisdiction)
    .returning(['seq', 'hash']).executeTakeFirstOrThrow();
  const hash = hashOf(auditText(draft, head.seq, head.hash));
  await tx.insertInto('audit_event').values({
    jurisdiction_code: draft.jurisdiction, seq: head.seq, id: draft.id, at: draft.at, kind: draft.kind, actor: draft.actor,
    object_kind: draft.objectKind, object_id: draft.objectId, detail: JSON.stringify(draft.detail), previous_hash: head.hash, hash,
  }).execute();
  await tx.updateTable('audit_head').set({ hash }).where('jurisdiction_code', '=', draft.jurisdiction).execute();
}

/** Puts a sealed message into the outbox, to be sent after the commit, not before `dueAt`. */
export async function queueMessage(tx: WriteTx, jurisdiction: string, message: { readonly id: string; readonly kind: string; readonly sealed: string }, at: number, dueAt = at): Promise<void> {
  await tx.insertInto('outbox').values({ id: message.id, jurisdiction_code: jurisdiction, kind: message.kind, sealed: message.sealed, created_at: at, due_at: dueAt, sent_at: null, attempts: 0, lease_until: null }).execute();
}

/** 修订号: raised in the same transaction as any change of a jurisdiction's public view. */
export async function raiseRevision(tx: WriteTx, jurisdiction: string): Promise<void> {
  await tx.insertInto('jurisdiction_revision').values({ jurisdiction_code: jurisdiction, revision: 1 })
    .onConflict((clash) => clash.column('jurisdiction_code').doUpdateSet((eb) => ({ revision: eb('jurisdiction_revision.revision', '+', 1) }))).execute();
}
