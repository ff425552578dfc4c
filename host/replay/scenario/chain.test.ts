import { describe, expect, it } from 'vitest';
import type { Variable } from '#model/replay/scenario.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Chain } from './chain.ts';

const token: Variable = {
  name: 'token',
  from: 1,
  source: { kind: 'json', path: '$.token' },
  value: 'old$1',
  uses: [
    { id: 2, part: 'header.Authorization' },
    { id: 2, part: 'path.1' },
  ],
};
const answer = (body: string) => makeSession({ responseBody: body }).session;
const recorded = (overrides: SessionOverrides = {}) => {
  const { session, requestBody } = makeSession({
    id: 2,
    url: 'https://a.test/old$1/x',
    requestHeaders: [['Authorization', 'Bearer old$1']],
    ...overrides,
  });
  const request = {
    method: 'GET',
    url: session.row.url,
    headers: session.request.head.headers,
    body: new Uint8Array(requestBody),
  };
  return { session, request, body: requestBody };
};

describe('a chain', () => {
  it('puts what an answer gave into the requests after it', () => {
    const chain = new Chain([token]);
    expect(chain.answered(1, answer('{"token":"new$&"}'), '{"token":"new$&"}')).toEqual({
      taken: ['token'],
      missing: [],
    });
    const { session, request, body } = recorded();
    expect(chain.filled(request, session, body)).toMatchObject({
      url: 'https://a.test/new%24%26/x',
      headers: [['Authorization', 'Bearer new$&']],
    });
  });

  it('leaves other requests, and those before, alone', () => {
    const chain = new Chain([token]);
    const { session, request, body } = recorded();
    expect(chain.filled(request, session, body)).toEqual(request);
    chain.answered(1, answer('{"token":"new"}'), '{"token":"new"}');
    const other = recorded({ id: 3 });
    expect(chain.filled(other.request, other.session, other.body)).toEqual(other.request);
  });

  it('says what an answer lacks, and then keeps what was recorded', () => {
    const chain = new Chain([token]);
    expect(chain.answered(1, answer('{}'), '{}')).toEqual({ taken: [], missing: ['token'] });
    expect(chain.answered(9, answer('{}'), '{}')).toEqual({ taken: [], missing: [] });
    const { session, request, body } = recorded();
    expect(chain.filled(request, session, body)).toEqual(request);
  });

  it('takes values that differ by a variable alone for the same', () => {
    const chain = new Chain([token]);
    chain.answered(1, answer('{"token":"new"}'), '{"token":"new"}');
    expect(chain.same('"is old$1"', '"is new"')).toBe(true);
    expect(chain.same('"is old$1"', '"is other"')).toBe(false);
  });
});
