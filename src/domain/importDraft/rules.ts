import type { AccountProfile } from '#domain/accounts/model.ts';
import { importGroups, type ImportCounts, type ImportDraft, type ImportGroup } from '#domain/importDraft/model.ts';

/** Groups in which there is something to acknowledge. */
export const groupsOf = (counts: ImportCounts): readonly ImportGroup[] => importGroups.filter((group) => counts[group] > 0);

/** Whether an account may let in what another (or, with two people in the office, it itself) prepared. */
export const mayLetIn = ({ preparedBy }: Pick<ImportDraft, 'preparedBy'>, account: string, profile: AccountProfile): boolean => profile === 'small' || preparedBy !== account;

/** What is still to be acknowledged. */
export const unacknowledged = (counts: ImportCounts, ticked: readonly string[]): readonly ImportGroup[] => groupsOf(counts).filter((group) => !ticked.includes(group));
