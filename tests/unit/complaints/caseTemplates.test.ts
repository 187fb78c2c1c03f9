import { describe, expect, test } from 'vitest';
import { redact } from '#domain/complaints/redact.ts';
import { subjects } from '#domain/jurisdiction/model.ts';
import { withTemplate } from '#server/caseForms.ts';
import { caseTemplates, forwardTemplates, isFor, unfilled } from '#text/caseTemplates.ts';

describe.each([...Object.entries(caseTemplates), ['forward', forwardTemplates] as const])('templates of %s', (_name, templates) => {
  test('each has a name and words of its own, and every gap is closed again', () => {
    expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length);
    expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length);
    for (const { text } of templates) expect(text.split(unfilled).length - 1, text).toBe((text.match(/（请填：[^（）]{1,20}）/g) ?? []).length);
  });

  test('something is offered for every subject', () => {
    for (const subject of subjects) expect(templates.some((template) => isFor(template, subject)), subject).toBe(true);
  });
});

test('what an institution is asked names nobody and no day, and asks it to look for nobody', () => {
  for (const { text } of forwardTemplates) {
    expect(redact(text).text).toBe(text);
    expect(text).toMatch(/请不要猜测、打听是谁反映的/);
    expect(text).not.toMatch(/投诉人|来件人|编号|\d{4}年/);
  }
});

test.each(Object.keys(caseTemplates))('a template of %s goes behind what was typed and its choice is taken back', (act) => {
  const [first] = Object.entries(caseTemplates).find(([key]) => key === act)?.[1] ?? [];
  const typed = withTemplate({ act: `template:${act}`, [`${act}-template`]: first?.key ?? '', [`${act}-words`]: ' 您好。 ' });
  expect(typed).toMatchObject({ act, [`${act}-template`]: '', [`${act}-words`]: `您好。\n${first?.text ?? ''}` });
});
