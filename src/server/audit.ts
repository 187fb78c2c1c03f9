import type { AuditReader, PackReader } from '#domain/audit/ports.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { checkAuditChain, type ChainReport } from '#storage/auditChain.ts';
import { packReader } from '#storage/auditPack.ts';
import { auditReader } from '#storage/auditRows.ts';
import type { Storage } from '#storage/schema.ts';

/** 操作记录 as the office's auditor uses it. */
export type Audit = AuditReader & {
  /** 合规审计包. */
  readonly pack: PackReader;
  /** Walks the whole chain of a place: a second for some ten thousand events. */
  readonly check: (jurisdiction: JurisdictionCode) => Promise<ChainReport>;
};

/** Binds the record of what was done to storage. */
export const makeAudit = (storage: Storage): Audit => ({ ...auditReader(storage), pack: packReader(storage), check: (jurisdiction) => checkAuditChain(storage.read, jurisdiction) });
