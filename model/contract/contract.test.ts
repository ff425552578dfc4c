import { describe, expect, it } from 'vitest';
import { contract } from './contract.ts';
import { ClientFrame, ServerFrame } from './frames.ts';

describe('the contract', () => {
  it('names every method group.verb and gives it parameters and an answer', () => {
    for (const [name, method] of Object.entries(contract)) {
      expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
      expect(method.params.safeParse('not an object').success).toBe(false);
      expect(method.kind === 'call' ? method.result : method.item).toBeDefined();
    }
  });

  it('bounds what a window may ask for', () => {
    const query = { filter: '', order: { by: 'id', descending: false }, offset: 0, limit: 100 };
    const { params } = contract['sessions.watch'];
    expect(params.safeParse(query).success).toBe(true);
    expect(params.safeParse({ ...query, limit: 1001 }).success).toBe(false);
    expect(params.safeParse({ ...query, offset: -1 }).success).toBe(false);
    expect(params.safeParse({ ...query, order: { by: 'rowid', descending: false } }).success).toBe(false);
  });

  it('takes request bodies as bytes only', () => {
    const request = { method: 'GET', url: 'http://x/', headers: [], source: 'composer' };
    const { params } = contract['composer.send'];
    expect(params.safeParse({ ...request, body: new Uint8Array(3) }).success).toBe(true);
    expect(params.safeParse({ ...request, body: 'text' }).success).toBe(false);
  });
});

describe('frames', () => {
  it('carry what they should', () => {
    expect(
      ClientFrame.safeParse({ t: 'open', id: 1, method: 'app.status', params: {}, credit: 4 }).success,
    ).toBe(true);
    expect(ServerFrame.safeParse({ t: 'error', id: 1, code: 'internal', message: 'x' }).success).toBe(true);
  });

  it.each([
    { t: 'open', id: 1, method: 'app.status', params: {}, credit: 0 },
    { t: 'credit', id: 1, credit: 1000 },
    { t: 'call', id: -1, method: 'app.info', params: {} },
    { t: 'shout', id: 1 },
    'call',
    null,
  ])('refuse %j', (frame) => {
    expect(ClientFrame.safeParse(frame).success).toBe(false);
  });
});
