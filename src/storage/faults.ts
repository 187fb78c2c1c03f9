const codeOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';

/** Whether a write broke a UNIQUE rule, on either engine. */
export const isUniqueViolation = (fault: unknown): boolean => ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'].includes(codeOf(fault));

/** Whether the disk is full, so that intake can say so and nothing is lost. */
export const isDiskFull = (fault: unknown): boolean => ['SQLITE_FULL', '53100', 'ENOSPC'].includes(codeOf(fault));

/** Whether the database is busy beyond its patience. */
export const isBusy = (fault: unknown): boolean => ['SQLITE_BUSY', '55P03', '57014', '53300'].includes(codeOf(fault));
