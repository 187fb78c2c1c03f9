import type { AuditDraft } from '#domain/audit/model.ts';
import { exportPermission, type ExportActor, type ExportRequest, type ExportTyped } from '#domain/exports/model.ts';
import type { ExportStore } from '#domain/exports/ports.ts';
import { mayAnswer, periodFault, standingOf } from '#domain/exports/rules.ts';
import { dayOf, type Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

export type ExportDeps = { readonly store: ExportStore; readonly newId: () => string; readonly now: () => Instant };
type Chosen = { readonly id: string; readonly version: number };

const eventOf = (deps: ExportDeps, { account, jurisdiction }: ExportActor, kind: string, { id, kind: what, from, until }: Pick<ExportRequest, 'id' | 'kind' | 'from' | 'until'>, detail: AuditDraft['detail'] = {}): AuditDraft =>
  ({ id: deps.newId(), jurisdiction, at: deps.now(), kind, actor: account, objectKind: 'export', objectId: id, detail: { what, from, until, ...detail } });

/** 申请导出: nothing leaves by it; somebody else has to agree. */
export async function askExport(deps: ExportDeps, actor: ExportActor, id: string, typed: ExportTyped): Promise<Outcome<ExportRequest, 'not-allowed' | 'backwards' | 'future' | 'too-long' | 'known'>> {
  if (!actor.may('export.request') || !actor.may(exportPermission[typed.kind])) return refused('not-allowed');
  const fault = periodFault(typed.from, typed.until, dayOf(deps.now()));
  if (fault) return refused(fault);
  const request: ExportRequest = { ...typed, id, jurisdiction: actor.jurisdiction, state: 'asked', askedBy: actor.account, askedAt: deps.now(), decidedBy: null, decidedAt: null, answer: null, downloads: 0, version: 1 };
  const saved = await deps.store.add(request, eventOf(deps, actor, 'export-asked', request, { reason: request.reason }));
  return saved === 'saved' ? done(request) : refused(saved);
}

/** 批准或退回: by another account than the one that asked; a refusal says why. */
export async function answerExport(deps: ExportDeps, actor: ExportActor, chosen: Chosen, answer: 'approved' | 'refused', reason: string | null): Promise<Outcome<ExportRequest, 'not-found' | 'own' | 'not-allowed' | 'over' | 'changed-meanwhile'>> {
  const found = await deps.store.find(actor.jurisdiction, chosen.id);
  if (!found) return refused('not-found');
  if (found.askedBy === actor.account) return refused('own');
  if (!mayAnswer(actor, found)) return refused('not-allowed');
  if (standingOf(found, deps.now()) !== 'asked') return refused(found.state === 'asked' ? 'over' : 'changed-meanwhile');
  const request: ExportRequest = { ...found, state: answer, decidedBy: actor.account, decidedAt: deps.now(), answer: reason, version: found.version + 1 };
  const saved = await deps.store.settle(request, chosen.version, eventOf(deps, actor, `export-${answer}`, request, reason === null ? {} : { reason }));
  return saved === 'saved' ? done(request) : refused(saved);
}

/** 撤回: by who asked, before anybody answered. */
export async function withdrawExport(deps: ExportDeps, actor: ExportActor, chosen: Chosen): Promise<Outcome<ExportRequest, 'not-found' | 'changed-meanwhile'>> {
  const found = await deps.store.find(actor.jurisdiction, chosen.id);
  if (found?.askedBy !== actor.account) return refused('not-found');
  const request: ExportRequest = { ...found, state: 'withdrawn', version: found.version + 1 };
  const saved = await deps.store.settle(request, chosen.version, eventOf(deps, actor, 'export-withdrawn', request));
  return saved === 'saved' ? done(request) : refused(saved);
}

/** What a finished file is: its rows, and the hash by which a copy found elsewhere is told to be this one. */
export type MadeFile = { readonly rows: number; readonly sha256: string };

/** 下载: by who asked, while the approval stands and the account may still see what it asked for. The file is made first; only what was counted goes out. */
export async function useExport<File extends MadeFile>(deps: ExportDeps, actor: ExportActor, id: string, make: (request: ExportRequest) => Promise<File | 'too-many'>): Promise<Outcome<File, 'not-found' | 'not-allowed' | 'not-usable' | 'too-many' | 'changed-meanwhile'>> {
  const found = await deps.store.find(actor.jurisdiction, id);
  if (found?.askedBy !== actor.account) return refused('not-found');
  if (!actor.may('export.request') || !actor.may(exportPermission[found.kind])) return refused('not-allowed');
  if (standingOf(found, deps.now()) !== 'usable') return refused('not-usable');
  const file = await make(found);
  if (file === 'too-many') return refused('too-many');
  const saved = await deps.store.use(found, eventOf(deps, actor, 'export-downloaded', found, { rows: file.rows, sha256: file.sha256, time: found.downloads + 1 }));
  return saved === 'saved' ? done(file) : refused(saved);
}
