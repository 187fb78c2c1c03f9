import { subjects, type Department, type Duty, type JurisdictionFacts, type Subdistrict, type Target } from '#domain/jurisdiction/model.ts';
import type { CsvRow } from '#storage/files/readCsv.ts';

type Rows<Value> = readonly CsvRow<Value>[];

const repeated = <Value>(rows: Rows<Value>, keyOf: (value: Value) => readonly string[]): readonly { line: number; key: string }[] => {
  const seen = new Set<string>();
  return rows.flatMap(({ line, value }) => keyOf(value).flatMap((key) => {
    if (seen.has(key)) return [{ line, key }];
    seen.add(key);
    return [];
  }));
};

const sentence = (label: string, line: number, column: string, expected: string, got: string): string =>
  `${label} line ${line}, column ${column}: expected ${expected}, got "${got}"`;

/** Departments: each key once, and no name or alias that means two of them. */
export const checkDepartments = (label: string, rows: Rows<Department>): readonly string[] => [
  ...repeated(rows, (row) => [row.key]).map(({ line, key }) => sentence(label, line, 'key', 'each key once', key)),
  ...repeated(rows, (row) => [...new Set([row.name, ...row.aliases])]).map(({ line, key }) => sentence(label, line, 'aliases', 'a name that means one department', key)),
];

const checkBasis = (label: string, line: number, row: Duty): readonly string[] => {
  const problems: string[] = [];
  const quoted = row.line !== null && row.quote !== null;
  if ((row.line === null) !== (row.quote === null)) problems.push(sentence(label, line, 'quote', 'line and quote together', row.quote ?? ''));
  if ((row.basis === 'stated-lead' || row.basis === 'derived') && row.lead === null) problems.push(sentence(label, line, 'lead', `a department because the basis is ${row.basis}`, ''));
  if ((row.basis === 'listed-jointly' || row.basis === 'not-stated') && row.lead !== null) problems.push(sentence(label, line, 'lead', `nothing because the basis is ${row.basis}`, row.lead));
  if (row.basis === 'listed-jointly' && row.joint.length === 0) problems.push(sentence(label, line, 'joint', 'at least one department because the basis is listed-jointly', ''));
  if ((row.basis === 'stated-lead' || row.basis === 'listed-jointly') && !quoted) problems.push(sentence(label, line, 'quote', `a quote with its line because the basis is ${row.basis}`, row.quote ?? ''));
  if (row.basis === 'not-stated' && (row.joint.length > 0 || quoted)) problems.push(sentence(label, line, 'joint', 'nothing because the basis is not-stated', row.joint.join('|')));
  return problems;
};

/** Duties: known departments, one general row for each subject, and a basis that fits what the row says. */
export const checkDuties = (label: string, rows: Rows<Duty>, departments: Rows<Department>): readonly string[] => {
  const known = new Set(departments.map(({ value }) => value.key));
  const problems = rows.flatMap(({ line, value }) => [
    ...(value.lead !== null && !known.has(value.lead) ? [sentence(label, line, 'lead', 'a key of departments.csv', value.lead)] : []),
    ...value.joint.filter((key) => !known.has(key)).map((key) => sentence(label, line, 'joint', 'a key of departments.csv', key)),
    ...value.joint.filter((key, index) => key === value.lead || value.joint.indexOf(key) !== index).map((key) => sentence(label, line, 'joint', 'each department once in a row', key)),
    ...checkBasis(label, line, value),
  ]);
  const twice = repeated(rows, (row) => [`${row.subject} ${row.topic ?? ''}`.trim()]);
  const general = new Set(rows.filter(({ value }) => value.topic === null).map(({ value }) => value.subject));
  return [
    ...problems,
    ...twice.map(({ line, key }) => sentence(label, line, 'topic', 'each subject and topic once', key)),
    ...subjects.filter((subject) => !general.has(subject)).map((subject) => `${label}, column subject: expected a row without topic for ${subject}, got none`),
  ];
};

/** Subdistricts: unique codes, each inside its county, and the county inside the place. */
export const checkSubdistricts = (label: string, rows: Rows<Subdistrict>, facts: JurisdictionFacts): readonly string[] => {
  const counties = new Map(facts.counties.map((county): [string, string] => [county.code, county.name]));
  const inside = (county: string): boolean => (counties.size === 0 ? county === facts.code : counties.has(county));
  return [
    ...repeated(rows, (row) => [row.code, ...row.otherCodes]).map(({ line, key }) => sentence(label, line, 'code', 'each code once', key)),
    ...rows.flatMap(({ line, value }) => [
      ...(inside(value.county) ? [] : [sentence(label, line, 'county', counties.size === 0 ? facts.code : 'a code among the counties of jurisdiction.json', value.county)]),
      ...(value.code.startsWith(value.county) ? [] : [sentence(label, line, 'code', `a code that begins with its county ${value.county}`, value.code)]),
      ...(counties.size > 0 && inside(value.county) && counties.get(value.county) !== value.countyName ? [sentence(label, line, 'countyName', counties.get(value.county) ?? '', value.countyName)] : []),
    ]),
  ];
};

/** Targets: each key once, a range the right way round, a day wherever a time is stated, and a number where the site is to count. */
export const checkTargets = (label: string, rows: Rows<Target>): readonly string[] => [
  ...repeated(rows, (row) => [row.key]).map(({ line, key }) => sentence(label, line, 'key', 'each key once', key)),
  ...rows.flatMap(({ line, value: { least, most, due, dueOn, measure } }) => [
    ...(most !== null && (least === null || most < least) ? [sentence(label, line, 'most', 'a number not under least', String(most))] : []),
    ...((due === null) === (dueOn === null) ? [] : [sentence(label, line, 'dueOn', due === null ? 'empty, because due is' : 'the last day of due, or yearly', dueOn ?? '')]),
    ...(dueOn !== null && dueOn !== 'yearly' && due !== null && !due.includes(dueOn.slice(0, 4)) ? [sentence(label, line, 'dueOn', `a day of the year in "${due}"`, dueOn)] : []),
    ...(measure !== null && least === null ? [sentence(label, line, 'least', 'a number, because the site counts it', '')] : []),
  ]),
];

/** Facts: what must agree inside jurisdiction.json, and the code with the folder's name. */
export const checkFacts = (label: string, folder: string, facts: JurisdictionFacts): readonly string[] => {
  const problems: string[] = [];
  const wrong = (key: string, expected: string, got: string): void => void problems.push(`${label}, key ${key}: expected ${expected}, got "${got}"`);
  if (facts.code !== folder) wrong('code', `the folder's name ${folder}`, facts.code);
  if ((facts.level === 'city') !== (facts.counties.length > 0)) wrong('counties', facts.level === 'city' ? 'the counties of the city' : `none for a ${facts.level}`, String(facts.counties.length));
  for (const county of facts.counties) if (!county.code.startsWith(facts.code.slice(0, 4))) wrong('counties', `codes that begin with ${facts.code.slice(0, 4)}`, county.code);
  if (facts.document.status === 'expired' && facts.document.validUntil === null) wrong('document.validUntil', 'a day because the status is expired', '');
  if ((facts.document.status === 'areaAbolished') !== (facts.successor !== null)) wrong('successor', facts.successor === null ? 'a successor because the area is abolished' : 'null unless the area is abolished', facts.successor?.name ?? '');
  return problems;
};
