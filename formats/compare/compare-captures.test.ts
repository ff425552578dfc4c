import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { callFields, callKey } from './call-fields.ts';
import {
  type CaptureSide,
  type CompareOptions,
  compareCaptures,
  differencesOf,
  ignores,
} from './compare-captures.ts';

function side(...sessions: SessionOverrides[]): CaptureSide {
  const made = sessions.map((one, i) => makeSession({ id: i + 1, url: 'https://a.test/x', ...one }));
  return {
    calls: made.map(({ session }) => callKey(session.row)),
    fields: async (id) => {
      const full = made[id - 1];
      return full === undefined ? undefined : callFields(full);
    },
  };
}

async function compared(a: CaptureSide, b: CaptureSide, options?: CompareOptions) {
  const said: string[] = [];
  for await (const one of compareCaptures(a, b, options)) {
    if (one.kind === 'missing') said.push(`- ${one.a.id}`);
    else if (one.kind === 'added') said.push(`+ ${one.b.id}`);
    else {
      const differences = one.differences.map(({ field, a: x, b: y }) => ` ${field} ${x}→${y}`);
      said.push(`${one.kind} ${one.a.id} ${one.b.id}${differences.join('')}`);
    }
  }
  return said;
}

const json = (value: object): SessionOverrides => ({ responseBody: JSON.stringify(value) });

describe('comparing captures', () => {
  it('finds nothing between a capture and itself', async () => {
    const one = side(json({ a: 1 }), { url: 'https://a.test/y?q=1' });
    expect(await compared(one, one)).toEqual(['equal 1 1', 'equal 2 2']);
  });

  it('says what changed, what is missing and what came new', async () => {
    const a = side(json({ total: 1, name: 'x' }), { url: 'https://a.test/gone' });
    const b = side(
      { ...json({ total: 2, name: 'x', more: true }), status: 201 },
      { url: 'https://a.test/new' },
    );
    expect(await compared(a, b)).toEqual([
      'changed 1 1 status 200→201 response.body.total 1→2 response.body.more undefined→true',
      '- 2',
      '+ 2',
    ]);
  });

  it('learns from repeats in the first capture what changes every time, in the second where the first has none', async () => {
    const a = side(json({ seq: 1, name: 'x' }), json({ seq: 2, name: 'x' }));
    expect(await compared(a, side(json({ seq: 8, name: 'x' }), json({ seq: 9, name: 'y' })))).toEqual([
      'equal 1 1',
      'changed 2 2 response.body.name "x"→"y"',
    ]);
    expect(await compared(side(json({ seq: 1 })), side(json({ seq: 5 }), json({ seq: 6 })))).toEqual([
      'equal 1 1',
      '+ 2',
    ]);
    expect(await compared(side(json({ seq: 1 })), side(json({ seq: 5 })))).toEqual([
      'changed 1 1 response.body.seq 1→5',
    ]);
  });

  it('takes the same address with another body for another request', async () => {
    const post = (q: string, result: string): SessionOverrides => ({
      method: 'POST',
      requestHeaders: [['Content-Type', 'application/json']],
      requestBody: JSON.stringify({ q }),
      ...json({ result }),
    });
    const a = side(post('a', 'apple'), post('b', 'banana'));
    const b = side(post('a', 'apple'), post('b', 'blueberry'));
    expect(await compared(a, b)).toEqual([
      'equal 1 1',
      'changed 2 2 response.body.result "banana"→"blueberry"',
    ]);
  });

  it('lets times, ids and nonces pass, unless it is strict', async () => {
    const a = side(json({ at: '2026-11-24T12:00:00Z', id: '9f8e7d6c5b4a39281706' }));
    const b = side(json({ at: '2026-11-25T12:00:00Z', id: '1f8e7d6c5b4a39281701' }));
    expect(await compared(a, b)).toEqual(['equal 1 1']);
    expect((await compared(a, b, { strict: true }))[0]).toMatch(
      /^changed 1 1 response\.body\.at .* response\.body\.id /,
    );
  });

  it('does not count what is ignored', async () => {
    const a = side(json({ items: [{ price: 1 }, { price: 2 }], v: 1 }));
    const b = side(json({ items: [{ price: 3 }, { price: 4 }], v: 1 }));
    expect(await compared(a, b, { ignore: ['response.body.items[*].price'] })).toEqual(['equal 1 1']);
  });

  it('passes over calls that are gone by the time they are read', async () => {
    const a = side(json({ a: 1 }));
    expect(await compared({ ...a, fields: async () => undefined }, a)).toEqual([]);
  });
});

describe('ignored fields', () => {
  it.each([
    ['response.header.etag', 'response.header.etag', true],
    ['response.header.etag', 'response.header.etag2', false],
    ['response.body', 'response.body.a.b', true],
    ['response.body', 'response.bodyguard', false],
    ['*.price', 'response.body.items[3].price', true],
    ['*.price', 'response.body.price.tag', false],
    ['response.body.items[*].price', 'response.body.items[12].price', true],
    ['*id*at*', 'response.body.id.created_at.x', true],
    ['*', 'anything', true],
    ['a*a', 'a', false],
  ])('%s and %s: %s', (pattern, field, expected) => {
    expect(ignores([pattern])(field)).toBe(expected);
  });

  it('are found in linear time', () => {
    const started = performance.now();
    ignores([`${'*a'.repeat(40)}b`])('a'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

it('tells differences in the order of the first side, then what only the second has', () => {
  const a = new Map([
    ['x', '1'],
    ['y', '2'],
  ]);
  const b = new Map([
    ['z', '3'],
    ['y', '9'],
  ]);
  expect([...differencesOf(a, b)]).toEqual([
    { field: 'x', a: '1' },
    { field: 'y', a: '2', b: '9' },
    { field: 'z', b: '3' },
  ]);
});
