import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { listening } from '../../testing/origin.ts';
import { beginEvent, endEvent, Gather } from './gather.ts';

async function pair() {
  let accepted: (socket: Socket) => void = () => {};
  const incoming = new Promise<Socket>((resolve) => {
    accepted = resolve;
  });
  const server = await listening(createServer((socket) => accepted(socket)));
  const socket = connect(server.port, '127.0.0.1');
  const peer = await incoming;
  let text = '';
  peer.on('data', (chunk) => {
    text += chunk.toString();
  });
  const ended = new Promise<string>((resolve) => {
    peer.once('end', () => resolve(text));
  });
  return {
    socket,
    ended,
    writes: vi.spyOn(socket, 'write'),
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('what is written', () => {
  it('outside of an event goes out at once', async () => {
    await using p = await pair();
    const gather = new Gather(p.socket);
    gather.write(Buffer.from('a'));
    gather.write(Buffer.from('b'));
    expect(p.writes).toHaveBeenCalledTimes(2);
    gather.end();
    expect(await p.ended).toBe('ab');
  });

  it('during an event goes out as one write, in order, neighbours without a copy', async () => {
    await using p = await pair();
    const gather = new Gather(p.socket);
    const whole = Buffer.from('head body');
    beginEvent();
    beginEvent();
    gather.write(whole.subarray(0, 5));
    gather.write(whole.subarray(5));
    endEvent();
    expect(p.writes).not.toHaveBeenCalled();
    endEvent();
    expect(p.writes).toHaveBeenCalledTimes(1);
    expect(p.writes.mock.calls[0]?.[0]).toMatchObject({ buffer: whole.buffer });
    beginEvent();
    gather.write(Buffer.from(' and'));
    gather.write(Buffer.alloc(0));
    gather.write(Buffer.from(' more'));
    endEvent();
    expect(p.writes).toHaveBeenCalledTimes(2);
    gather.end();
    expect(await p.ended).toBe('head body and more');
  });

  it('in large parts keeps its order too', async () => {
    await using p = await pair();
    const gather = new Gather(p.socket);
    beginEvent();
    for (const letter of 'abc') gather.write(Buffer.alloc(50_000, letter));
    endEvent();
    gather.end();
    expect(await p.ended).toBe('a'.repeat(50_000) + 'b'.repeat(50_000) + 'c'.repeat(50_000));
  });

  it('says when the socket is full', async () => {
    await using p = await pair();
    const gather = new Gather(p.socket);
    expect(gather.write(Buffer.from('small'))).toBe(true);
    let room = true;
    for (let i = 0; i < 1000 && room; i++) room = gather.write(Buffer.alloc(64 * 1024));
    expect(room).toBe(false);
    await new Promise((resolve) => p.socket.once('drain', resolve));
    expect(gather.write(Buffer.from('again'))).toBe(true);
  });
});
