/** What a form sent: the last value of each field, as typed. */
export type Typed = Readonly<Record<string, string>>;

/** Reads a form body (urlencoded or multipart); an unreadable one, down to percent signs in the name of a file, reads as an empty form, so that the page asks again. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (fault) {
    if (fault instanceof TypeError || fault instanceof URIError) return new FormData();
    throw fault;
  }
}

/** Reads what was typed into a form, its files left out. */
export async function readTyped(request: Request): Promise<Typed> {
  return Object.fromEntries([...(await readForm(request)).entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}
