import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listening } from '../../testing/origin.ts';
import { duringEvent, Gather } from './gather.ts';

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
    duringEvent(p.socket, () => {
      duringEvent(p.socket, () => {
        gather.write(whole.subarray(0, 5));
        gather.write(whole.subarray(5));
      });
      expect(p.writes).not.toHaveBeenCalled();
    });
    expect(p.writes).toHaveBeenCalledTimes(1);
    expect(p.writes.mock.calls[0]?.[0]).toMatchObject({ buffer: whole.buffer });
    duringEvent(p.socket, () => {
      gather.write(Buffer.from(' and'));
      gather.write(Buffer.alloc(0));
      gather.write(Buffer.from(' more'));
    });
    expect(p.writes).toHaveBeenCalledTimes(2);
    gather.end();
    expect(await p.ended).toBe('head body and more');
  });

  it('in large parts keeps its order too', async () => {
    await using p = await pair();
    const gather = new Gather(p.socket);
    duringEvent(p.socket, () => {
      for (const letter of 'abc') gather.write(Buffer.alloc(50_000, letter));
    });
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

describe('a fault of ours', () => {
  it('ends the connection it happened on; what others wrote goes out', async () => {
    await using broken = await pair();
    await using other = await pair();
    const gather = new Gather(other.socket);
    const told = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    duringEvent(other.socket, () => {
      gather.write(Buffer.from('before'));
      duringEvent(broken.socket, () => {
        throw new Error('no such state');
      });
      gather.write(Buffer.from(', after'));
    });
    expect(broken.socket.destroyed).toBe(true);
    expect(told).toHaveBeenCalledWith(
      'A fault in Sluice has ended one connection: no such state',
      expect.objectContaining({ code: 'SLUICE_FAULT', detail: expect.stringContaining('gather.test') }),
    );
    gather.end();
    expect(await other.ended).toBe('before, after');
  });
});
