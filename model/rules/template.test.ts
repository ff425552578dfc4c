import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate, parseTemplate } from './template.ts';

function expand(text: string): string {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return expandTemplate(parsed.parts, (place, name) => `<${place}${name && ` ${name}`}>`);
}

describe('a template', () => {
  it.each([
    ['', ''],
    ['plain } { }}', 'plain } { }}'],
    ['{{request.path}}', '<request.path>'],
    ['a {{ now.iso }} b {{uuid}}', 'a <now.iso> b <uuid>'],
    ['{{request.header.X-A.b}}', '<request.header X-A.b>'],
    ['{{request.query.a b}}', '<request.query a b>'],
  ])('%j', (text, expanded) => expect(expand(text)).toBe(expanded));

  it.each([
    ['{{request.paht}}', /\{\{request\.paht\}\} is not known: there are request\.method/],
    ['{{request.header.}}', /is not known/],
    ['a {{now', /not closed/],
    ['{{constructor}}', /is not known/],
  ])('%j is refused', (text, problem) => {
    expect(parseTemplate(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it('does not read again what was filled in', () => {
    const parsed = parseTemplate('{{request.body}}');
    if (!parsed.ok) throw new Error('parses');
    expect(expandTemplate(parsed.parts, () => '{{uuid}}')).toBe('{{uuid}}');
  });

  it('never throws, and keeps text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseTemplate(text);
        if (parsed.ok && !text.includes('{{')) expect(expand(text)).toBe(text);
      }),
    );
  });
});
