import { describe, expect, it } from 'vitest';
import { failure } from './failure.ts';
import { failurePage, rawFailureMessage } from './failure-page.ts';

const REFUSED = failure('refused', 'a.test');
const text = (accept?: string, url = 'http://a.test/x') => {
  const page = failurePage(REFUSED, url, accept);
  return { ...page, text: new TextDecoder().decode(page.body), fields: Object.fromEntries(page.headers) };
};

describe('the page of a failure', () => {
  it('is plain text for programs: what happened, to what, under which code', () => {
    const page = text('*/*');
    expect(page.status).toBe(502);
    expect(page.text).toBe(`Sluice: ${REFUSED.detail}\nURL: http://a.test/x\nCode: refused\n`);
    expect(page.fields).toEqual({
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(page.body.length),
      'Cache-Control': 'no-store',
      'X-Sluice-Failure': 'refused',
    });
  });

  it.each(['text/html', 'text/html,application/xhtml+xml;q=0.9', 'TEXT/HTML;q=0.1'])(
    'is HTML for who takes it: %s',
    (accept) => {
      expect(text(accept)).toMatchObject({ fields: { 'Content-Type': 'text/html; charset=utf-8' } });
      expect(text(accept).text).toContain('<code>refused</code>');
    },
  );

  it.each([undefined, '', 'application/json', 'text/htmlx', 'application/xhtml+xml'])(
    'is text for who does not: %j',
    (accept) => {
      expect(text(accept).text).not.toContain('<');
    },
  );

  it('R1: runs nothing of the URL', () => {
    const page = text('text/html', `http://a.test/"><script>alert('1')</script>&x`);
    expect(page.text).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;x');
    expect(page.text).not.toContain('<script');
  });

  it('says how long it is in bytes', () => {
    const page = text('*/*', 'http://a.test/ü');
    expect(Number(page.fields['Content-Length'])).toBe(Buffer.byteLength(page.text));
  });
});

describe('the same on a raw socket', () => {
  it('is a whole message that closes the connection', () => {
    const message = rawFailureMessage(failure('timeout', 'a.test'), 'http://a.test/').toString();
    const [head = '', body = ''] = message.split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe('HTTP/1.1 504 Sluice');
    expect(head).toContain('Connection: close');
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(body).toContain('Code: timeout');
  });
});
