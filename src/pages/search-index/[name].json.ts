import type { APIRoute } from 'astro';
import { guidancePlaces } from '#server/pages/guidance.ts';
import { siteGuides } from '../_guides.ts';

// What the search fields load of guidance, policy and help: one file for all places, a small one for each place that adds to it.
export const prerender = true;
const files = async () => (await siteGuides()).files(guidancePlaces());
export const getStaticPaths = async () => (await files()).map(({ name }) => ({ params: { name } }));

export const GET: APIRoute = async ({ params }) => {
  const file = (await files()).find(({ name }) => name === params['name']);
  return file ? new Response(file.body, { headers: { 'content-type': 'application/json; charset=utf-8' } }) : new Response(null, { status: 404 });
};
