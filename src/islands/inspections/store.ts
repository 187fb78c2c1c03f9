// What a phone keeps of inspections: drafts with their photos, and the names of institutions where the inspector chose so.

/** A record that was begun (`typing`) or waits for a signal (`waiting`). */
export type Draft = { readonly id: string; readonly account: string; readonly name: string; readonly fields: readonly (readonly [name: string, value: string])[]; readonly files: readonly File[]; readonly state: 'typing' | 'waiting'; readonly at: number };
/** Names of institutions, whose desk kept them and when. */
export type Kept = { readonly key: 'institutions'; readonly account: string; readonly list: readonly { readonly id: string; readonly name: string }[]; readonly at: number };

const asked = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => { resolve(request.result); });
  request.addEventListener('error', () => { reject(request.error ?? new Error('IndexedDB')); });
});

function openBox(): Promise<IDBDatabase> {
  const request = indexedDB.open('inspections', 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('drafts', { keyPath: 'id' });
    request.result.createObjectStore('kept', { keyPath: 'key' });
  });
  return asked(request);
}

async function inStore<Value>(name: 'drafts' | 'kept', mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  const box = await openBox();
  try {
    return await asked(act(box.transaction(name, mode).objectStore(name)));
  } finally {
    box.close();
  }
}

/** All drafts, the oldest first. */
export const readDrafts = async (): Promise<readonly Draft[]> => {
  const all: Draft[] = await inStore('drafts', 'readonly', (store) => store.getAll());
  return all.toSorted((one, other) => one.at - other.at);
};
/** Keeps a draft in place of the one of its id. */
export const keepDraft = (draft: Draft): Promise<IDBValidKey> => inStore('drafts', 'readwrite', (store) => store.put(draft));
/** Forgets a draft. */
export const dropDraft = (id: string): Promise<undefined> => inStore('drafts', 'readwrite', (store) => store.delete(id));
/** The kept names; undefined where none are. */
export const readKept = (): Promise<Kept | undefined> => inStore('kept', 'readonly', (store) => store.get('institutions'));
/** Keeps the names. */
export const writeKept = (kept: Kept): Promise<IDBValidKey> => inStore('kept', 'readwrite', (store) => store.put(kept));
/** Forgets the names. */
export const dropKept = (): Promise<undefined> => inStore('kept', 'readwrite', (store) => store.clear());
