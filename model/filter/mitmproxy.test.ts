import { describe, expect, it } from 'vitest';
import { isMitmproxy, translateMitmproxy } from './mitmproxy.ts';
import { parseFilter } from './parse.ts';

const translated = (text: string) => {
  const result = translateMitmproxy(text);
  return result.ok ? result.text : `? ${result.message}`;
};

describe('a filter of mitmproxy', () => {
  it.each([
    ['~u /api/v1', 'url~/api/v1'],
    ['~d acme.test', 'host~acme.test'],
    ['~m POST', 'method~POST'],
    ['~c 404', 'status=404'],
    ['~b token', '(body~token or ws~token)'],
    ['~bq a', 'reqbody~a'],
    ['~bs a', 'resbody~a'],
    ['~h "X-A: 1"', 'head~"X-A: 1"'],
    ['~hq a', 'reqhead~a'],
    ['~hs a', 'reshead~a'],
    ['~t json', 'header:content-type~json'],
    ['~tq json', 'reqheader:content-type~json'],
    ['~ts json', 'resheader:content-type~json'],
    ['~s', 'status>0'],
    ['~q', 'not status>0'],
    ['~e', 'error!=""'],
    ['~a', 'type~"javascript|css|image/|font|flash"'],
    ['~http', 'kind=http'],
    ['~websocket', 'kind=websocket'],
    ['~marked', 'mark>0'],
    ['~comment todo', 'comment~todo'],
    ['~src 10.0.0.7', 'client~10.0.0.7'],
    ['~dst 443', '(server~443 or host~443)'],
    ['~all', 'id>0'],
    ['!~a', 'not type~"javascript|css|image/|font|flash"'],
    ['~u a & ~m GET', 'url~a and method~GET'],
    ['~u a ~m GET', 'url~a and method~GET'],
    ['~u a | ~d b & !~s', 'url~a or host~b and not status>0'],
    ['!(~c 404 | ~c 500)', 'not (status=404 or status=500)'],
    ['~s api', 'status>0 and url~api'],
    ['~b \'a "b"\'', '(body~"a \\"b\\"" or ws~"a \\"b\\"")'],
    ['~u a (~m GET | ~m PUT)', 'url~a and (method~GET or method~PUT)'],
    ['~u "\\d+(x|y)"', 'url~"\\\\d+(x|y)"'],
  ])('%s', (text, expected) => {
    expect(translated(text)).toBe(expected);
    expect(parseFilter(expected)).toMatchObject({ ok: true });
  });

  it.each([
    ['~udp', /~udp has no counterpart/],
    ['~meta x', /~meta has no counterpart/],
    ['~u', /~u needs a value/],
    ['~c many', /status code/],
    ['(~s', /not closed/],
    ['~s)', /closes nothing/],
    ['~s &', /missing/],
    ['~constructor x', /no counterpart/],
  ])('%s is not translated', (text, why) => {
    expect(translateMitmproxy(text)).toMatchObject({ ok: false, message: expect.stringMatching(why) });
  });
});

describe('isMitmproxy', () => {
  it.each(['~s', '!~s', 'a & ~c 200', '(~u x)', 'x|~s'])('%s', (text) => {
    expect(isMitmproxy(text)).toBe(true);
  });

  it.each(['', 'path~^/a', 'host:~x', '"~s"', 'comment:"a ~s b"', '/~user', '~', 'a~b', '~9', 'header:x~y'])(
    'not %s',
    (text) => {
      expect(isMitmproxy(text)).toBe(false);
    },
  );

  it('is said by the parser, with the translation in place of the whole', () => {
    const text = ' ~d acme & ~c 500';
    expect(parseFilter(text)).toEqual({
      ok: false,
      problem: {
        message: 'This is written as for mitmproxy. Here it is: host~acme and status=500',
        start: 0,
        end: text.length,
        suggestion: 'host~acme and status=500',
      },
    });
    expect(parseFilter('~udp')).toMatchObject({
      problem: { message: expect.stringMatching(/no counterpart/) },
    });
  });
});
