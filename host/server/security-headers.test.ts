import { describe, expect, it } from 'vitest';
import { dataHeaders, pageHeaders } from './security-headers.ts';

const directives = (policy: unknown) =>
  new Map(
    String(policy)
      .split('; ')
      .map((part) => {
        const [name = '', ...values] = part.split(' ');
        return [name, values.join(' ')] as const;
      }),
  );

describe('headers of the workbench', () => {
  const page = pageHeaders(4321, false);
  const policy = directives(page['Content-Security-Policy']);

  it('R1: scripts come from its own files alone, never inline or evaluated', () => {
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('worker-src')).toBe("'self'");
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(name)).toBe("'none'");
    }
  });

  it('R1: it may talk to its own listener alone', () => {
    for (const source of (policy.get('connect-src') ?? '').split(' ')) {
      expect(source).toMatch(/^('self'|ws:\/\/(127\.0\.0\.1|localhost|\[::1\]):4321)$/);
    }
  });

  it('C2: the page is never kept, hashed assets are kept for ever', () => {
    expect(page['Cache-Control']).toBe('no-store');
    expect(page['Referrer-Policy']).toBe('no-referrer');
    expect(pageHeaders(4321, true)['Cache-Control']).toMatch(/immutable/);
  });

  it('C1: no answer allows another origin to read it', () => {
    for (const headers of [page, pageHeaders(1, true), dataHeaders()]) {
      expect(Object.keys(headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
      expect(headers['Cross-Origin-Resource-Policy']).toBe('same-origin');
      expect(headers['X-Content-Type-Options']).toBe('nosniff');
    }
  });
});

describe('headers of captured bytes', () => {
  it('R1: a sandbox without origin, scripts or network', () => {
    const policy = directives(dataHeaders()['Content-Security-Policy']);
    expect(policy.get('sandbox')).toBe('');
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.has('script-src')).toBe(false);
    expect(dataHeaders()['Cache-Control']).toBe('no-store');
  });
});
