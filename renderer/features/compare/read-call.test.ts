import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { fakeApp } from '../../testing/fake-app.ts';
import { readCall } from './read-call.ts';

const signal = new AbortController().signal;

function host(full: ReturnType<typeof makeSession>, problem?: string) {
  return fakeApp({
    'sessions.get': () => [full.session],
    'sessions.body': ({ side, start, end }: { side: string; start: number; end: number }) => {
      const body = side === 'request' ? full.requestBody : full.responseBody;
      return { data: body.slice(start, end), total: body.length, ...(problem ? { problem } : {}) };
    },
    'sessions.messages': () => ({ messages: full.messages, total: full.messages.length }),
  });
}

describe('reading a call', () => {
  it('brings the session and both bodies decoded; an empty one is not asked for', async () => {
    const full = makeSession({ responseBody: 'hello' });
    const { app, asked } = host(full);
    const call = await readCall(app.rpc, 1, signal);
    expect(new TextDecoder().decode(call.responseBody)).toBe('hello');
    expect([call.requestBody.length, call.messages, call.cut]).toEqual([0, [], []]);
    expect(asked.map(([, params]) => params)).toEqual([
      expect.objectContaining({ side: 'response', decoded: true }),
    ]);
  });

  it('says of what only the beginning was read', async () => {
    const full = makeSession({ requestBody: 'x', responseBody: 'y'.repeat(50) });
    expect((await readCall(host(full).app.rpc, 1, signal, 10)).cut).toEqual(['response']);
    expect((await readCall(host(full, 'cut off').app.rpc, 1, signal)).cut).toEqual(['request', 'response']);
  });

  it('reads messages where there are some', async () => {
    const full = makeSession({
      kind: 'websocket',
      messages: [{ direction: 'sent', at: 1, opcode: 1, data: new TextEncoder().encode('hi') }],
    });
    expect((await readCall(host(full).app.rpc, 1, signal)).messages).toHaveLength(1);
  });

  it('rejects for a session that is gone', async () => {
    const { app } = fakeApp();
    await expect(readCall(app.rpc, 1, signal)).rejects.toMatchObject({ code: 'not-found' });
  });
});
