/** What a form sent: the last value of each field, as typed. */
export type Typed = Readonly<Record<string, string>>;

/** Reads a form body (urlencoded or multipart without files); an unreadable body reads as an empty form, so that the page asks again. */
export async function readTyped(request: Request): Promise<Typed> {
  try {
    const form = await request.formData();
    return Object.fromEntries([...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  } catch (fault) {
    if (fault instanceof TypeError) return {};
    throw fault;
  }
}
