/** What responses were written from; each entry goes with its response. */
const texts = new WeakMap<Response, string>();

/** A response of a text that the shell can send without reading it back out of a web stream. */
export function textResponse(text: string, status: number, headers: Readonly<Record<string, string>>): Response {
  const response = new Response(text, { status, headers });
  texts.set(response, text);
  return response;
}

/** The text a response was written from; undefined for one that came about otherwise. */
export const writtenText = (response: Response): string | undefined => texts.get(response);
