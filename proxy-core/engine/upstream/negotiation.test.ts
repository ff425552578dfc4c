import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { listening } from '../../testing/origin.ts';
import { type Negotiation, type NegotiationStep, negotiate } from './negotiation.ts';

const never = new AbortController().signal;
const PROXY = 'http://proxy.test:1';

/** A negotiation that expects letters: `?` has it ask again, `+` is the way, `-` a refusal. */
class Letters implements Negotiation {
  #held = '';
  begin = () => Buffer.from('hi');
  receive(bytes: Buffer): NegotiationStep {
    this.#held += bytes.toString();
    const letter = this.#held[0];
    if (letter === undefined) return { kind: 'wait' };
    this.#held = this.#held.slice(1);
    if (letter === '?') return { kind: 'send', bytes: Buffer.from('!') };
    if (letter === '+') return { kind: 'ready', rest: Buffer.from(this.#held) };
    return { kind: 'failed', code: 'SLUICE_PROXY_REFUSED', reason: 'it said no' };
  }
}

/** A peer that, once greeted, says these pieces one after the other, and keeps what it hears. */
async function peer(...pieces: string[]) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard.push(bytes.toString());
      const piece = pieces.shift();
      if (piece === 'END') socket.end();
      else if (piece !== undefined) socket.write(piece);
    });
  });
  return { ...(await listening(server)), heard };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('it greets, answers what it is asked, and hands the socket over as it was', async () => {
  await using one = await peer('?', '?', '+', 'later');
  const socket = await connected(one.port);
  const events = () => ['readable', 'end', 'data', 'close'].map((name) => socket.listenerCount(name));
  const before = events();
  await negotiate(socket, new Letters(), PROXY, never);
  expect(one.heard).toEqual(['hi', '!', '!']);
  expect(events()).toEqual(before);
  expect(socket.readableFlowing).not.toBe(true);
  socket.write('x');
  expect(String((await once(socket, 'data'))[0])).toBe('later');
  socket.destroy();
});

test('several steps may come in one piece, and what follows the last stays in the socket', async () => {
  await using one = await peer('??+early', 'late');
  const socket = await connected(one.port);
  await negotiate(socket, new Letters(), PROXY, never);
  expect(String((await once(socket, 'data'))[0])).toBe('early');
  socket.destroy();
});

test('a refusal names the proxy, and the socket is gone', async () => {
  await using one = await peer('-');
  const socket = await connected(one.port);
  await expect(negotiate(socket, new Letters(), PROXY, never)).rejects.toMatchObject({
    code: 'SLUICE_PROXY_REFUSED',
    proxy: PROXY,
    message: 'it said no',
  });
  expect(socket.destroyed).toBe(true);
});

test('a proxy that hangs up in the middle has failed', async () => {
  await using one = await peer('?', 'END');
  const socket = await connected(one.port);
  await expect(negotiate(socket, new Letters(), PROXY, never)).rejects.toMatchObject({
    code: 'SLUICE_PROXY_FAILED',
    message: 'it closed the connection',
  });
});

test('a proxy that says nothing is given up by the signal', async () => {
  await using one = await peer();
  const socket = await connected(one.port);
  const controller = new AbortController();
  const talk = negotiate(socket, new Letters(), PROXY, controller.signal);
  controller.abort(new Error('enough'));
  await expect(talk).rejects.toThrow('enough');
  expect(socket.destroyed).toBe(true);
});
