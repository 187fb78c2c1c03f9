import { createBatch, planBatch } from '#domain/accounts/batch.ts';
import { activationHours } from '#domain/accounts/rules.ts';
import { login as loginForm } from '#domain/accounts/model.ts';
import { writeInstant } from '#domain/shared/dates.ts';
import { requireFresh, type Guarded, type SignedIn } from '#server/guard.ts';
import { activationLink } from '#server/letters.ts';
import { boundaryOf, readMultipart } from '#server/multipart.ts';
import { qrPath } from '#server/qrPath.ts';
import { readAccountTable } from '#storage/files/accountTable.ts';
import { accountBatchText as words } from '#text/accountBatch.ts';
import { slotStartText } from '#text/dates.ts';
import { letterText } from '#text/letters.ts';

const limits = { files: 1, fileBytes: 400_000, allFileBytes: 400_000, fields: 4, fieldBytes: 400 } as const;
const mostSaid = 30;

type PageError = { readonly field: string; readonly message: string };
function step(status: number, problems: readonly string[]) {
  const errors: readonly PageError[] = problems.slice(0, mostSaid).map((message) => ({ field: 'file', message }));
  return { status, letters: [], made: null, errors, wrong: problems.length === 0 ? null : [words.nothing, ...(problems.length > mostSaid ? [words.more(problems.length - mostSaid)] : [])].join('') };
}

async function fileOf(request: Request): Promise<Uint8Array | string> {
  const boundary = boundaryOf(request.headers.get('content-type'));
  const form = boundary === undefined ? undefined : readMultipart(Buffer.from(await request.arrayBuffer()), boundary, limits);
  if (!form?.ok) return words.noFile;
  const { files, refusal } = form.value;
  if (refusal !== null) return words.tooLarge;
  return files[0] === undefined || files[0].bytes.length === 0 ? words.noFile : files[0].bytes;
}

/** 批量激活信: reads a list and makes an account with a letter for each institution of it, or none and says where it is wrong. Password and code must have been given within ten minutes, also to see the page, so that no file is chosen in vain. */
export async function accountBatchStep(astro: Guarded, signedIn: SignedIn) {
  const away = requireFresh(astro, signedIn);
  if (away) return away;
  if (astro.request.method !== 'POST') return step(200, []);
  const bytes = await fileOf(astro.request);
  if (typeof bytes === 'string') return step(422, [bytes]);
  const { rows, problems } = await readAccountTable(bytes);
  if (problems.length > 0) return step(422, problems.map(({ line, column, code, said }) => words.problem(line, column, code, said)));

  const { place, account } = signedIn;
  const { deps, institutionNames } = astro.locals.app.accounts;
  const [known, accounts] = await Promise.all([institutionNames(place.code), deps.store.list(place.code)]);
  const ownLogin = (institution: string): string => `${place.slug}-${institution.replaceAll('-', '').slice(-8)}`;
  // Logins are one for all places: those of others are asked for by name, and nothing else of them is learnt.
  const typed = rows.flatMap(({ login }) => loginForm.safeParse(login ?? '').data ?? []);
  const taken = new Set((await Promise.all(typed.map(async (login) => ((await deps.store.findByLogin(login)) ? [login] : [])))).flat());
  const plan = planBatch(rows, known.map(({ id, name, credit_code: creditCode }) => ({ id, name, creditCode })), accounts, taken, ownLogin);
  if (plan.problems.length > 0) return step(422, plan.problems.map(({ line, column, code, said }) => words.problem(line, column, code, said)));
  const made = await createBatch(deps, place.code, plan.plans, account.id);
  if (!made.ok) return step(409, [words.raced]);
  const letters = made.value.map(({ name, login, code, expiresAt }) => ({
    title: letterText.title(place.shortName), to: letterText.to(name), qr: qrPath(activationLink(astro.url.origin, code)), steps: letterText.steps(`${astro.url.origin}/activate/`), care: letterText.care(activationHours),
    facts: [{ name: letterText.login, value: login }, { name: letterText.code, value: code }, { name: letterText.until, value: slotStartText(writeInstant(expiresAt)) }],
  }));
  return { ...step(200, []), letters, made: words.made(letters.length) };
}
