import { describe, expect, it } from 'vitest';
import { callFields } from '#formats/compare/call-fields.ts';
import type { CallDifference } from '#formats/compare/compare-captures.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { fakeApp } from '../../testing/fake-app.ts';
import { compareSequences, MOST_CALLS } from './sequence.ts';

function capture(...sessions: readonly SessionOverrides[]) {
  const byId = new Map(
    sessions.map((overrides, i) => [i + 1, makeSession({ id: i + 1, ...overrides })] as const),
  );
  const { app } = fakeApp({
    'sessions.get': ({ id }: { id: number }) => {
      const full = byId.get(id);
      return full ? [full.session] : [];
    },
    'sessions.body': ({ id, start, end }: { id: number; start: number; end: number }) => {
      const body = byId.get(id)?.responseBody ?? new Uint8Array();
      return { data: body.slice(start, end), total: body.length };
    },
  });
  return { rpc: app.rpc, byId };
}

const comparer = { fields: async (call: Parameters<typeof callFields>[0]) => callFields(call) };
const options = () => ({ ignore: [], strict: false, signal: new AbortController().signal });
const told = async (found: AsyncIterable<CallDifference>) => {
  const all: string[] = [];
  for await (const one of found) {
    const sides = [...('a' in one ? [one.a.id] : []), ...('b' in one ? [one.b.id] : [])];
    all.push(`${one.kind} ${one.endpoint} ${sides.join('-')}`);
  }
  return all;
};

describe('two selections as sequences', () => {
  it('are aligned by endpoint, whatever ids stand in the paths', async () => {
    const { rpc } = capture(
      { url: 'http://a.test/orders/1001', status: 200 },
      { url: 'http://a.test/cart', status: 200 },
      { url: 'http://a.test/cart', status: 500 },
      { url: 'http://a.test/orders/2002', status: 200 },
      { url: 'http://a.test/new', status: 200 },
    );
    expect(await told(compareSequences(rpc, [1, 2], [3, 4, 5], comparer, options()))).toEqual([
      expect.stringMatching(/^equal .*orders.* 1-4$/),
      expect.stringMatching(/^changed .*cart.* 2-3$/),
      expect.stringMatching(/^added .*new.* 5$/),
    ]);
  });

  it('pass over what is ignored', async () => {
    const json: [string, string][] = [['Content-Type', 'application/json']];
    const { rpc } = capture(
      { url: 'http://a.test/x', responseHeaders: json, responseBody: '{"n":1}' },
      { url: 'http://a.test/x', responseHeaders: json, responseBody: '{"n":2}' },
    );
    const ignoring = { ...options(), ignore: ['response.body.n'] };
    expect(await told(compareSequences(rpc, [1], [2], comparer, ignoring))).toEqual([
      expect.stringMatching(/^equal/),
    ]);
  });

  it('hold only so many, and each must be there', async () => {
    const { rpc } = capture({});
    const many = Array.from({ length: MOST_CALLS + 1 }, (_, i) => i + 1);
    await expect(told(compareSequences(rpc, [1], many, comparer, options()))).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(told(compareSequences(rpc, [1], [9], comparer, options()))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
