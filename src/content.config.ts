import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { placeNoteHead, policyHead } from '#domain/guidance/policy.ts';

/** 政策: content/policy/<slug>.md. */
const policy = defineCollection({ loader: glob({ base: './content/policy', pattern: '*.md' }), schema: policyHead });
/** What one place adds to a policy page: content/jurisdictions/<code>/<slug>.md. */
const placeNotes = defineCollection({ loader: glob({ base: './content/jurisdictions', pattern: '*/*.md' }), schema: placeNoteHead });

export const collections = { policy, placeNotes };
