import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { awaitSocket, ClosedEarlyError, socketEvent } from './socket-event.ts';

const never = new AbortController().signal;
const origin = () => rawOrigin({ onRequest: reply('x', true) });
const listeners = (socket: Socket) =>
  socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0);

test('it resolves when the event comes and leaves no listener', async () => {
  await using one = await origin();
  const socket = connect(one.port, '127.0.0.1');
  const before = listeners(socket);
  await socketEvent(socket, 'connect', never);
  expect(socket.readyState).toBe('open');
  expect(listeners(socket)).toBeLessThanOrEqual(before);
  socket.destroy();
});

test('an error before the event rejects, and later ones hurt nobody', async () => {
  const gone = await origin();
  await gone[Symbol.asyncDispose]();
  const socket = connect(gone.port, '127.0.0.1');
  await expect(socketEvent(socket, 'connect', never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(socket.destroyed).toBe(true);
  socket.emit('error', new Error('late'));
});

test('a socket that closes, or has closed, before the event rejects', async () => {
  await using one = await origin();
  const socket = connect(one.port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = socketEvent(socket, 'secureConnect', never);
  socket.destroy();
  await expect(waiting).rejects.toBeInstanceOf(ClosedEarlyError);
  await expect(socketEvent(socket, 'secureConnect', never)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('an abort rejects with its reason and destroys the socket', async () => {
  await using one = await origin();
  const controller = new AbortController();
  const socket = connect(one.port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = socketEvent(socket, 'secureConnect', controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(socket.destroyed).toBe(true);
  const other = connect(one.port, '127.0.0.1');
  await expect(socketEvent(other, 'connect', controller.signal)).rejects.toThrow('enough');
  expect(other.destroyed).toBe(true);
});

test('what waits in its own way can finish at once, or fail', async () => {
  await using one = await origin();
  const socket = connect(one.port, '127.0.0.1');
  await awaitSocket(socket, never, (done) => {
    done();
    return () => {};
  });
  expect(socket.destroyed).toBe(false);
  const failing = awaitSocket(socket, never, (done) => {
    done(new Error('no'));
    return () => {};
  });
  await expect(failing).rejects.toThrow('no');
  expect(socket.destroyed).toBe(true);
});
