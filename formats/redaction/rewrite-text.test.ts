import { describe, expect, it } from 'vitest';
import { masking, opaque, repeated } from '../testing/masking.ts';
import { rewriteText, type TextKind } from './rewrite-text.ts';

const token = opaque();
const rewritten = (text: string, kind: TextKind = 'prose') => rewriteText(text, kind, masking().masker);

describe('secrets in text', () => {
  it.each([
    [`password=hunter2xyz rest`, 'password=[redacted:password:1] rest'],
    ['Password: hunter2xyz, then', 'Password: [redacted:password:1], then'],
    [`{'apiKey': '${token}'}`, "{'apiKey': '[redacted:api-key:1]'}"],
    [`{\\"token\\":\\"${token}\\"}`, '{\\"token\\":\\"[redacted:token:1]\\"}'],
    [`headers["x-api-key"] = "${token}";`, 'headers["x-api-key"] = "[redacted:api-key:1]";'],
    [`GET /x?access_token=${token}&page=2`, 'GET /x?access_token=[redacted:token:1]&page=2'],
    ['a?password=Tr0ub%264dor&b', 'a?password=[redacted:password:1]&b'],
    // Once it is one, all of the word is.
    ['token=abc123def456=ghi', 'token=[redacted:token:1]'],
    [`token=${token}== x`, 'token=[redacted:token:1] x'],
  ])('%s', (before, after) => expect(rewritten(before)).toBe(after));

  it.each([
    'password: must be at least 8 characters',
    'token: expired; session: closed',
    'password = null, secret=***, api_key=<your-api-key>',
    'page_token=abc123def456ghi789',
    'id=17 code=404 status: 200',
    `hash=${token} etag: "${token}"`,
    '12:34:56 = = : ::',
  ])('leaves %s', (text) => expect(rewritten(text)).toBe(text));

  it('takes in scripts what is quoted, for the rest is code', () => {
    const code = 'a={password:e.value1,token:t2.next(),secret:k9["x1"],type:"password1"}';
    expect(rewritten(code, 'script')).toBe(code);
    expect(rewritten(`a={apiKey:"${token}"}`, 'script')).toBe('a={apiKey:"[redacted:api-key:1]"}');
    expect(rewritten(`a={apiKey:\`${token}\`}`, 'script')).toBe('a={apiKey:`[redacted:api-key:1]`}');
  });

  it.each(['=', ':', 'token=', 'password="', 'a', ' ', '"', 'token = \\"', 'secret:='])(
    'takes linear time in %s',
    (piece) => {
      const started = performance.now();
      rewritten(repeated(piece));
      expect(performance.now() - started).toBeLessThan(8000);
    },
  );
});
