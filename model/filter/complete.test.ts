import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_FIELDS } from './ast.ts';
import { completeFilter, type Wanted } from './complete.ts';
import { parseFilter } from './parse.ts';

/** Completions where the | stands. */
function at(marked: string, source: (wanted: Wanted) => readonly string[] = () => []) {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const completion = completeFilter(text, cursor, source);
  return {
    ...completion,
    texts: completion.suggestions.map((one) => one.text),
    replaced: text.slice(completion.start, completion.end),
  };
}

describe('fields', () => {
  it('are all suggested where nothing is typed', () => {
    const { texts, replaced } = at('|');
    expect(
      texts.filter((text) => FILTER_FIELDS.some((field) => text === field || text === `${field}:`)),
    ).toHaveLength(FILTER_FIELDS.length);
    expect([replaced, texts.includes('not '), texts.includes('and ')]).toEqual(['', true, false]);
  });

  it('are those that begin with what is typed, then those that hold it', () => {
    expect(at('st|').texts.slice(0, 3)).toEqual(['status', 'state:', 'host:']);
    expect(at('a sta|').replaced).toBe('sta');
    expect(at('HEAD|').texts).toEqual(expect.arrayContaining(['header:', 'reqheader:', 'resheader:']));
    expect(at('qqq|').texts).toEqual([]);
  });

  it('are suggested after a parenthesis, a minus, and before what follows', () => {
    expect(at('(hos|').texts).toEqual(['host:']);
    expect(at('-hos|').replaced).toBe('hos');
    expect(at('hos| status:200').texts).toEqual(['host:']);
  });

  it('come with words between conditions', () => {
    expect(at('host:a o|').texts[0]).toBe('or ');
    expect(at('host:a |').texts).toContain('and ');
  });
});

describe('operators', () => {
  it('are those of the field', () => {
    expect(at('host|').texts).toEqual(['host:', 'host=', 'host!=', 'host~']);
    expect(at('size|').texts.slice(0, 6)).toEqual(['size=', 'size!=', 'size>', 'size>=', 'size<', 'size<=']);
    expect(at('ws|').texts).toEqual(expect.arrayContaining(['ws:', 'ws>']));
    expect(at('header|').texts[0]).toBe('header:');
    expect(at('head|').texts).toEqual(expect.arrayContaining(['head:', 'header:']));
  });

  it('follow a name', () => {
    expect(at('cookie:sid|').texts).toEqual(expect.arrayContaining(['sid:', 'sid=', 'sid>']));
  });
});

describe('values', () => {
  it('are those seen, and those there can be', () => {
    expect(at('host:ac|', () => ['x.test', 'api.acme.test', 'acme.test']).texts).toEqual([
      'acme.test',
      'api.acme.test',
    ]);
    expect(at('severity>=|').texts).toEqual(['none', 'info', 'low', 'medium', 'high']);
    expect(at('state=cl|').texts).toEqual(['client-aborted']);
    expect(at('status:4|').texts).toEqual(['4xx']);
    expect(at('time>|').texts).toContain('-5m');
    expect(at('host:acme.test|', () => ['acme.test']).texts).toEqual([]);
  });

  it('are written so that they are read as they are', () => {
    expect(at('comment:|', () => ['to do', 'a*b']).texts).toEqual(['"to do"', '"a*b"']);
    expect(at('comment:"to|', () => ['to do']).replaced).toBe('"to');
    expect(at('comment:"to d|', () => ['to do']).texts).toEqual(['"to do"']);
  });

  it('are wanted from the source by field, name and what is typed', () => {
    const wanted = (text: string) => at(text).wanted;
    expect(wanted('host:a|')).toEqual({ field: 'host', prefix: 'a' });
    expect(wanted('header:ser|')).toEqual({ field: 'header', names: true, prefix: 'ser' });
    expect(wanted('header:server=ng|')).toEqual({ field: 'header', name: 'server', prefix: 'ng' });
    expect(wanted('json:$.a.b:|')).toEqual({ field: 'json', name: '$.a.b', prefix: '' });
    expect(wanted('cookie:"a b"=x|')).toEqual({ field: 'cookie', name: 'a b', prefix: 'x' });
    expect(wanted('ho|')).toBeUndefined();
    expect(wanted('path~a|')).toBeUndefined();
  });

  it('of names are names', () => {
    const source = ({ names }: Wanted) => (names ? ['content-type', 'server'] : ['nginx']);
    expect(at('header:|', source).texts).toEqual(['content-type', 'server']);
    expect(at('header:ser|', source).texts.slice(0, 2)).toEqual(['server', 'ser:']);
    expect(at('header:server=|', source).texts).toEqual(['nginx']);
  });
});

it('every suggestion leads to a text that can become a filter', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'h', 'si', 'host:', 'status', 'header:', 'ws', 'a an', 'severity='),
      (text) => {
        for (const suggestion of completeFilter(text, text.length, () => ['v']).suggestions) {
          const next = text.slice(0, completeFilter(text, text.length).start) + suggestion.text;
          const whole = [next, `${next}1`, `${next}=1`, `${next}:x`, `${next} x`, `${next}a=1`];
          expect(
            whole.some((one) => parseFilter(one.trim()).ok),
            next,
          ).toBe(true);
        }
      },
    ),
  );
});

it('whatever the text and wherever the cursor, there is an answer', () => {
  const unit = fc.constantFrom('host', ':', '"', '\\', ' ', '(', ')', '=', '>', 'a', 'header', '-', '~', 'é');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), fc.nat({ max: 60 }), (text, place) => {
      const cursor = Math.min(place, text.length);
      const { start, end } = completeFilter(text, cursor, () => ['v']);
      expect(start <= end && end <= text.length && start >= 0).toBe(true);
    }),
  );
});
