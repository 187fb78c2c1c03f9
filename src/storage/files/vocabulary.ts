import { readFile } from 'node:fs/promises';
import { makeVocabulary, synonymFile, type Vocabulary } from '#domain/shared/vocabulary.ts';

/** Reads `data/search/synonyms.json`. */
export const readVocabulary = async (path: string): Promise<Vocabulary> =>
  makeVocabulary(synonymFile.parse(JSON.parse(await readFile(path, 'utf8'))));
