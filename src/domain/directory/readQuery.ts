import type { z } from 'zod';
import { directoryQuery, mostValues, repeatedParameters, singleParameters, usualPageSize, type DirectoryQuery } from '#domain/directory/query.ts';

/** What was wrong with one parameter; the codes are the contract's. */
export const parameterFaults = ['unknown-field', 'required', 'format', 'range', 'unknown-value', 'too-long'] as const;
export type ParameterFault = (typeof parameterFaults)[number];
export type ParameterError = { readonly field: string; readonly code: ParameterFault };

const singles: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(singleParameters));
const repeated: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(repeatedParameters));

const faultOf = (issue: z.core.$ZodIssue): ParameterFault => {
  if (issue.code === 'invalid_value') return 'unknown-value';
  return parameterFaults.find((fault) => fault === issue.message) ?? 'format';
};

const faultsOf = (error: z.ZodError): readonly ParameterError[] => {
  const faults = error.issues.flatMap((issue): ParameterError[] => (issue.code === 'unrecognized_keys'
    ? issue.keys.map((field) => ({ field, code: 'unknown-field' }))
    : [{ field: String(issue.path[0] ?? ''), code: faultOf(issue) }]));
  return faults.filter(({ field }, index) => faults.findIndex((other) => other.field === field) === index);
};

const gather = (parameters: URLSearchParams): Readonly<Record<string, string | string[]>> => {
  const gathered = new Map<string, string | string[]>();
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    const [only = ''] = values;
    if (repeated.has(name)) gathered.set(name, [...new Set(values)]);
    else gathered.set(name, values.length === 1 ? only : values); // a list where one is meant is refused by the schema
  }
  return Object.fromEntries(gathered);
};

/** A query of the JSON interface: read, or refused with every fault named. */
export type ReadQuery =
  | { readonly ok: true; readonly value: DirectoryQuery }
  | { readonly ok: false; readonly reason: 'invalid'; readonly errors: readonly ParameterError[] };

/** Reads the query of an API call strictly: unknown parameters, wrong forms and values out of range are refused. */
export const readApiQuery = (parameters: URLSearchParams): ReadQuery => {
  const read = directoryQuery.safeParse(gather(parameters));
  return read.success ? { ok: true, value: read.data } : { ok: false, reason: 'invalid', errors: faultsOf(read.error) };
};

/** A parameter a page passed over, with what was typed, so that it can say so. */
export type IgnoredParameter = ParameterError & { readonly value: string };
export type PageQuery = DirectoryQuery & { readonly notes: readonly IgnoredParameter[] };

const checkOne = (field: string, value: string, schema: z.ZodType): IgnoredParameter | undefined => {
  const read = schema.safeParse(value);
  const [issue] = read.error?.issues ?? [];
  return issue ? { field, value, code: faultOf(issue) } : undefined;
};

/** More notes than these tell a family nothing. */
const mostNotes = 8;

/** Reads the query of a page: unknown parameters and empty fields are passed over, bad values dropped and noted. */
export const readPageQuery = (parameters: URLSearchParams): PageQuery => {
  const notes: IgnoredParameter[] = [];
  const kept = new Map<string, string | string[]>();
  const isGood = (field: string, schema: z.ZodType) => (value: string): boolean => {
    const fault = checkOne(field, value, schema);
    if (fault && notes.length < mostNotes) notes.push(fault);
    return !fault;
  };
  for (const [field, schema] of singles) {
    const value = parameters.getAll(field).map((typed) => typed.trim()).find((typed) => typed !== '');
    if (value !== undefined && isGood(field, schema)(value)) kept.set(field, value);
  }
  for (const [field, schema] of repeated) {
    const values = [...new Set(parameters.getAll(field).map((typed) => typed.trim()))].filter((typed) => typed !== '');
    if (values.length > mostValues) notes.push({ field, value: String(values.length), code: 'too-long' });
    const good = values.slice(0, mostValues).filter(isGood(field, schema));
    if (good.length > 0) kept.set(field, good);
  }
  if (!kept.has('near') && !kept.has('around')) {
    for (const field of ['radius', kept.get('sort') === 'distance' ? 'sort' : ''].filter((name) => kept.has(name))) {
      notes.push({ field, value: String(kept.get(field)), code: 'required' });
      kept.delete(field);
    }
  }
  return { ...directoryQuery.parse(Object.fromEntries(kept)), notes };
};

/** Writes a query back as a URL carries it, defaults left out; the same query gives the same text. */
export const writeQuery = (query: DirectoryQuery): URLSearchParams => {
  const written = new URLSearchParams();
  const put = (field: string, value: string | number | null): void => { if (value !== null && value !== '') written.append(field, String(value)); };
  put('q', query.q); put('months', query.months); put('start', query.start);
  for (const field of ['band', 'mode', 'kind', 'ownership', 'subdistrict', 'accepts'] as const) query[field].forEach((value) => { put(field, value); });
  put('county', query.county);
  for (const field of ['affordable', 'free', 'weekend', 'holidays', 'extended', 'meals'] as const) put(field, query[field] ? '1' : null);
  put('openBefore', query.openBefore); put('closeAfter', query.closeAfter); put('maxFee', query.maxFee);
  if (query.around !== null) put('around', query.around);
  else if (query.near) { put('near', `${String(query.near.lng)},${String(query.near.lat)}`); put('crs', query.near.crs); }
  if (query.near || query.around !== null) put('radius', query.radius);
  put('sort', query.sort === 'relevance' ? null : query.sort);
  query.include.forEach((value) => { put('include', value); });
  put('page', query.page === 1 ? null : query.page); put('size', query.size === usualPageSize ? null : query.size);
  return written;
};
