import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { httpSections } from './http-sections.ts';

const sections = (text: string) => httpSections(text).sections;

describe('sections', () => {
  it('stand between lines of ###, with their names', () => {
    const found = sections('### one\nGET a\n###\n\n### three\n# @name third\nPOST b\n\nbody\n');
    expect(found.map(({ name, line, body }) => [name, line, body])).toEqual([
      ['one', 'GET a', ''],
      ['third', 'POST b', 'body\n'],
    ]);
  });

  it('keep a body as it stands', () => {
    expect(sections('POST a\nA: b\n\n line 1\r\n\r\n# no comment\n')[0]?.body).toBe(
      ' line 1\r\n\r\n# no comment\n',
    );
    expect(sections('POST a\n\n')[0]?.body).toBe('');
    expect(sections('POST a')[0]?.body).toBe('');
  });

  it('have headers, and comments between them', () => {
    expect(sections('GET a\nA: b:c\n# A: d\n// no\nE:\nF\n')[0]?.headers).toEqual([
      ['A', 'b:c'],
      ['E', ''],
      ['F', ''],
    ]);
  });

  it('have an address over several lines', () => {
    expect(sections('GET https://a.test HTTP/1.1\n  ?x=1\n  &y=2\nA: b')[0]).toMatchObject({
      line: 'GET https://a.test?x=1&y=2 HTTP/1.1',
      headers: [['A', 'b']],
    });
  });

  it('may begin with a byte order mark and have Windows line ends', () => {
    expect(sections('\ufeffGET a\r\nA: b\r\n\r\nx')).toMatchObject([
      { line: 'GET a', headers: [['A', 'b']], body: 'x' },
    ]);
  });
});

describe('what is no request', () => {
  it('variables are of the whole file', () => {
    const { variables } = httpSections('@a = 1\n@b=x y \nGET {{a}}\n###\n@c = {{a}}\n');
    expect([...variables]).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['c', '{{a}}'],
    ]);
  });

  it('scripts before and after are passed over, and said', () => {
    const text =
      '< {%\n  a = 1\n%}\n< ./pre.js\nPOST a\n\nbody\n> {%\n  client.test()\n%}\n>> out.json\n<> old.json\n';
    expect(sections(text)).toMatchObject([
      {
        line: 'POST a',
        body: 'body\n',
        passedOver: ['script', 'script', 'script', 'file for the answer', 'file for the answer'],
      },
    ]);
  });

  it('a script that never ends ends with its section', () => {
    expect(sections('< {%\nGET a\n###\nGET b')).toMatchObject([{ line: 'GET b' }]);
  });

  it('nothing is no section', () => {
    expect(sections('')).toEqual([]);
    expect(sections('###\n# c\n###')).toEqual([]);
  });
});

it('takes time in proportion to the text', () => {
  const spent = cpuTime();
  for (const line of ['###\n', '\n', 'a', '@a=b\n', '< {%\n', '# @name ', ' ', '> {%\n']) {
    httpSections(`POST a\n\n${line.repeat(50_000)}`);
    httpSections(line.repeat(50_000));
  }
  expect(spent()).toBeLessThan(5000);
});
