import type { App } from '#server/app.ts';
import type { SignedIn } from '#server/guard.ts';

const most = 200;

/** 代录: institutions one may enter for, of one's street where one has one, by a word of name or address. */
export async function enterListView(app: App, { account, place }: SignedIn, typed: string | null) {
  const asked = (typed ?? '').normalize('NFKC').trim();
  const { entries } = await app.directory.snapshot(place.code);
  const rows = entries.filter(({ group, institution }) => group === 'listed' && (account.subdistrict === null || institution.subdistrict === account.subdistrict)
    && (asked === '' || institution.name.includes(asked) || (institution.address ?? '').includes(asked)));
  return {
    typed: asked,
    rows: rows.slice(0, most).map(({ institution: of }) => [{ text: of.name, href: `/office/listings/enter/${of.id}/` }, place.subdistricts.find(({ code }) => code === of.subdistrict)?.name ?? '未填报', of.address ?? '未填报']),
  };
}
