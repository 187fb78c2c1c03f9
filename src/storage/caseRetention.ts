import type { AuditDraft } from '#domain/audit/model.ts';
import type { CaseBlobs, CaseKeyStore } from '#domain/complaints/ports.ts';
import { appendAudit } from '#storage/commit.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

/** What of a case is to be forgotten: who it was, or everything said in it. */
export type CasePart = 'identity' | 'text';
/** A case whose time has come; `heldBy` names the legal hold, its own or of the case it goes on in, that keeps it. */
export type DueCase = { readonly id: string; readonly jurisdiction: string; readonly reference: string; readonly part: CasePart; readonly heldBy: string | null };

const columns = { identity: 'complaint.sealed_identity', text: 'complaint.sealed_story' } as const satisfies Record<CasePart, string>;

/** 到期诉求: closed before an instant, by itself or with the case it goes on in, and not forgotten yet, in order of reference; those under legal hold are told with it. */
export async function dueCases(db: ReadDb, part: CasePart, closedBefore: number, only?: string): Promise<readonly DueCase[]> {
  const query = db.selectFrom('complaint').leftJoin('complaint as master', 'master.id', 'complaint.master_id')
    .select(['complaint.id', 'complaint.jurisdiction_code', 'complaint.reference', 'complaint.legal_hold', 'master.legal_hold as master_hold'])
    .where((eb) => eb(eb.fn.coalesce('complaint.closed_at', 'master.closed_at'), '<', closedBefore)).where(columns[part], 'is not', null).where(columns[part], '!=', '')
    .orderBy('complaint.jurisdiction_code').orderBy('complaint.reference');
  const rows = await (only === undefined ? query : query.where('complaint.id', '=', only)).execute();
  return rows.map(({ id, jurisdiction_code: jurisdiction, reference, legal_hold: own, master_hold: masters }) => ({ id, jurisdiction, reference, part, heldBy: own ?? masters }));
}

async function forgetText(tx: WriteTx, id: string): Promise<readonly string[]> {
  const files = await tx.selectFrom('case_file').select('blob').where('complaint_id', '=', id).execute();
  await tx.deleteFrom('case_file').where('complaint_id', '=', id).execute();
  await tx.deleteFrom('case_message').where('complaint_id', '=', id).execute();
  await tx.updateTable('case_task').set({ sealed_result: null, document_number: null }).where('complaint_id', '=', id).execute();
  await tx.updateTable('case_forward').set({ sealed_text: '', sealed_reply: null }).where('complaint_id', '=', id).execute();
  await tx.updateTable('complaint').set({ sealed_story: '', sealed_identity: null, query_code_hash: '', external_number: null }).where('id', '=', id).execute();
  return files.map(({ blob }) => blob);
}

/**
 * 到期删除 of one case: its key is destroyed, so that copies made earlier are blind as well, then its rows are emptied, in
 * one transaction with the event; files follow. A case put under legal hold meanwhile stays. Answers whether it was forgotten.
 */
export async function forgetCase(storage: Storage, keys: CaseKeyStore, blobs: CaseBlobs, { id, part }: DueCase, closedBefore: number, event: AuditDraft): Promise<boolean> {
  const files = await storage.write(async (tx) => {
    const still = (await dueCases(tx, part, closedBefore, id)).some(({ heldBy }) => heldBy === null);
    if (!still) return undefined;
    await keys.destroy(id, part === 'identity' ? ['identity'] : ['story', 'identity']);
    if (part === 'identity') await tx.updateTable('complaint').set({ sealed_identity: null }).where('id', '=', id).execute();
    const emptied = part === 'identity' ? [] : await forgetText(tx, id);
    await appendAudit(tx, event);
    return emptied;
  });
  for (const blob of files ?? []) await blobs.remove(blob);
  return files !== undefined;
}
