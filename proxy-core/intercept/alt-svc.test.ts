import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { withoutAltSvc } from './alt-svc.ts';

const head = (headers: HeaderPair[], raw?: string) => ({
  httpVersion: 'HTTP/1.1',
  status: 200,
  reason: 'OK',
  headers,
  ...(raw === undefined ? {} : { raw }),
});

describe('withoutAltSvc', () => {
  it('is the very head when there is none', () => {
    const plain = head([['Server', 'x']], 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n');
    expect(withoutAltSvc(plain)).toBe(plain);
  });

  it('takes every one out, in any case, and with them the octets that had them', () => {
    const both = head(
      [
        ['Alt-Svc', 'h3=":443"'],
        ['A', 'b'],
        ['ALT-SVC', 'clear'],
      ],
      'HTTP/1.1 200 OK\r\n…',
    );
    expect(withoutAltSvc(both)).toEqual(head([['A', 'b']]));
  });
});
