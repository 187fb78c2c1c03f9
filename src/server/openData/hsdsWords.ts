import type { HsdsWords } from '#domain/directory/hsds.ts';
import { bandText, credentialText, kindText } from '#text/directory.ts';
import { openDataText as words } from '#text/openData.ts';

/** What the HSDS export says in words. */
export const hsdsWords: HsdsWords = {
  description: ({ kind, sample }) => `${sample ? words.sampleNote : ''}${words.serviceOf(kind && kindText[kind])}`,
  licences: ({ credentialKind, authority }) => words.credential(credentialText[credentialKind], authority),
  waitTime: ({ bands }) => {
    const said = bands.flatMap(({ band, free, confirmedOn }) => (free === null ? [] : [words.freeOf(bandText[band], free, confirmedOn)]));
    return said.length === 0 ? undefined : words.free(said);
  },
  monthly: words.monthly, sample: words.sampleNote, language: '中文',
};
