import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const at = (endpoint: string, parameter = 'p', checkId = 'c') =>
  fingerprint({ checkId, endpoint, parameter });
const GET = 'GET https://a.test/orders/{id}';

describe('the fingerprint of a finding', () => {
  it('is the same in every run: this one may never change', () => {
    expect(at(GET)).toBe(fingerprint({ checkId: 'c', endpoint: GET, parameter: 'p' }));
    expect(at(GET)).toBe('c54b06ff5d388273508789dbc446eedb');
  });

  it('is another for another check, endpoint or parameter', () => {
    const all = [
      at(GET),
      at(GET, 'q'),
      at(GET, 'p', 'd'),
      at('POST https://a.test/orders/{id}'),
      at('GET http://a.test/orders/{id}'),
      at('GET https://a.test:8443/orders/{id}'),
      at('GET https://b.test/orders/{id}'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not know the port of a server on this machine', () => {
    const here = at('GET http://127.0.0.1:41233/login');
    expect(at('GET http://127.0.0.1:5000/login')).toBe(here);
    expect(at('GET http://localhost:5000/login')).toBe(here);
    expect(at('GET http://[::1]/login')).toBe(here);
    expect(at('GET http://localhost.acme.test:5000/login')).not.toBe(here);
    expect(at('GET http://127.0.0.1:5000/logout')).not.toBe(here);
  });

  it('does not know positions in lists', () => {
    expect(at(GET, 'keys[3].id')).toBe(at(GET, 'keys[0].id'));
    expect(at(GET, 'keys[3].id')).not.toBe(at(GET, 'keys.id'));
    expect(at(GET, 'keys[a]')).not.toBe(at(GET, 'keys[b]'));
  });

  it('keeps parts apart', () => {
    expect(at('a', 'bc')).not.toBe(at('ab', 'c'));
  });
});
