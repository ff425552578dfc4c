import { describe, expect, it } from 'vitest';
import { masking, opaque, repeated } from '../testing/masking.ts';
import { rewriteMarkup } from './rewrite-markup.ts';

const token = opaque();
const rewritten = (markup: string) => {
  const { masker, inner } = masking();
  return rewriteMarkup(markup, masker, inner);
};

describe('secrets in markup', () => {
  it.each([
    [
      `<input type="hidden" name="csrf_token" value="${token}">`,
      '<input type="hidden" name="csrf_token" value="[redacted:csrf:1]">',
    ],
    [`<input value='${token}' name=api_key>`, "<input value='[redacted:api-key:1]' name=api_key>"],
    [
      '<input type=password name=pw value="a&amp;b&quot;1">',
      '<input type=password name=pw value="[redacted:password:1]">',
    ],
    [`<meta name="csrf-token" content="${token}">`, '<meta name="csrf-token" content="[redacted:csrf:1]">'],
    ['<Password>Tr0ub&amp;4</Password>', '<Password>[redacted:password:1]</Password>'],
    [
      `<wsse:Password Type="x"> <![CDATA[Tr0ub4]]> </wsse:Password>`,
      '<wsse:Password Type="x"> <![CDATA[[redacted:password:1]]]> </wsse:Password>',
    ],
    [`<add key="ClientSecret" value="${token}"/>`, '<add key="ClientSecret" value="[redacted:api-key:1]"/>'],
    [`<div data-auth-token="${token}">x</div>`, '<div data-auth-token="[redacted:token:1]">x</div>'],
    [`<!-- password: hunter2xyz -->`, '<!-- password: [redacted:password:1] -->'],
    [`<script>let a={token:"${token}"}</script>`, '<script>let a={token:"[redacted:token:1]"}</script>'],
    [`<a href="/x?a=1&amp;token=${token}">`, '<a href="/x?a=1&amp;token=[redacted:token:1]">'],
    [
      `<pre>{&quot;api_key&quot;:&quot;${token}&quot;}</pre>`,
      '<pre>{&quot;api_key&quot;:&quot;[redacted:api-key:1]&quot;}</pre>',
    ],
  ])('%s', (before, after) => expect(rewritten(before)).toBe(after));

  it.each([
    '<label>Password: <input type="password" name="password" placeholder="Your password"></label>',
    '<input type="text" name="q" value="forgot password">',
    '<Token>comma</Token><password/><Password></Password>',
    '<meta name="description" content="token = value">',
    '<script>a={password:e.value1,token:t2}</script><SCRIPT>var token=n1.x2;</SCRIPT>',
    '<p>5 < 6 && 7 > 2',
    '<script>unclosed',
  ])('leaves %s', (markup) => expect(rewritten(markup)).toBe(markup));

  it.each([
    '<',
    '<input ',
    '<a>',
    '<a>x',
    '<script',
    '<a b="',
    '<![CDATA[',
    '</a',
    '<a>   ',
    '&amp;',
    '<input name="',
  ])('takes linear time in %s', (piece) => {
    const started = performance.now();
    rewritten(repeated(piece));
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
