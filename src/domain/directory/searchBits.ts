/** A set of records, one bit each. */
export type RecordSet = Uint32Array;

/** The empty set for so many records. */
export const noRecords = (size: number): RecordSet => new Uint32Array((size + 31) >>> 5);

/** Puts a record into a set. */
export const putRecord = (set: RecordSet, at: number): void => { set[at >>> 5] = (set[at >>> 5] ?? 0) | (1 << (at & 31)); };

/** Whether a record is in a set. */
export const hasRecord = (set: RecordSet, at: number): boolean => (((set[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

/** Adds to `set` what is in both others (all of `one` where the second is 'all'). */
export const addBoth = (set: RecordSet, one: RecordSet, other: RecordSet | 'all'): void => {
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) | ((one[word] ?? 0) & (other === 'all' ? -1 : other[word] ?? 0));
};

/** Whether no record is in a set. */
export const isEmpty = (set: RecordSet): boolean => set.every((word) => word === 0);
