import { answerExport, askExport, useExport, withdrawExport, type ExportDeps, type MadeFile } from '#domain/exports/commands.ts';
import type { ExportActor, ExportRequest } from '#domain/exports/model.ts';
import type { ExportStore } from '#domain/exports/ports.ts';
import type { AccountStore } from '#domain/accounts/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { exportRowsOf } from '#server/exportTables.ts';
import type { SignedIn } from '#server/guard.ts';
import { exportStore } from '#storage/exports.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

type Bound<Command extends (deps: ExportDeps, ...rest: never[]) => unknown> = Command extends (deps: ExportDeps, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** 批量导出 as the office uses it. */
export type Exports = Pick<ExportStore, 'list'> & {
  readonly ask: Bound<typeof askExport>; readonly answer: Bound<typeof answerExport>; readonly withdraw: Bound<typeof withdrawExport>;
  readonly use: <File extends MadeFile>(actor: ExportActor, id: string, make: (request: ExportRequest) => Promise<File | 'too-many'>) => ReturnType<typeof useExport<File>>;
  /** What a request would hold if it were fetched now. */
  readonly rowsOf: (place: Jurisdiction, request: ExportRequest) => ReturnType<typeof exportRowsOf>;
};

/** Binds exports to storage, accounts and clock. */
export function makeExports(storage: Storage, accounts: Pick<AccountStore, 'list'>, now: () => Instant): Exports {
  const deps: ExportDeps = { store: exportStore(storage), newId, now };
  return {
    list: deps.store.list, ask: (actor, id, typed) => askExport(deps, actor, id, typed), answer: (actor, chosen, answer, reason) => answerExport(deps, actor, chosen, answer, reason),
    withdraw: (actor, chosen) => withdrawExport(deps, actor, chosen), use: (actor, id, make) => useExport(deps, actor, id, make), rowsOf: (place, request) => exportRowsOf({ read: storage.read, accounts, place }, request),
  };
}

/** Who acts, with what the account may do at this moment. */
export const exportActorOf = ({ account, place, may }: Pick<SignedIn, 'account' | 'place' | 'may'>): ExportActor => ({ account: account.id, jurisdiction: place.code, may });
