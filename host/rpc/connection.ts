/**
 * One window's connection: reads its frames, runs the handlers, and writes answers no faster than the window takes them. A frame that is
 * not the contract's ends the connection (1008), because the two sides are then out of step; a wrong method or parameter is an answer.
 */
import { Decoder, Encoder } from '@msgpack/msgpack';
import type { WebSocket } from 'ws';
import type * as z from 'zod';
import { type CallName, contract, type MethodName, type StreamName } from '#model/contract/contract.ts';
import { ClientFrame, type ServerFrame } from '#model/contract/frames.ts';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import type { Handlers } from './handlers.ts';

/** Calls being answered at once; beyond that the host stops reading from this window until some are done. */
const MAX_CALLS = 64;
const MAX_STREAMS = 64;
const MAX_CREDIT = 1024;
const POLICY_VIOLATION = 1008;

interface OpenStream {
  credit: number;
  readonly stop: AbortController;
  /** Resolves the pump's wait for credit. */
  wake: () => void;
}

const isMethod = (name: string): name is MethodName => Object.hasOwn(contract, name);

function parseParams<K extends MethodName>(
  name: K,
  params: unknown,
): z.infer<(typeof contract)[K]['params']> {
  const parsed = contract[name].params.safeParse(params ?? {});
  if (parsed.success) return parsed.data as z.infer<(typeof contract)[K]['params']>;
  const [issue] = parsed.error.issues;
  throw new SluiceError(
    'bad-request',
    `${name}: ${issue?.path.join('.') || 'parameters'}: ${issue?.message}.`,
  );
}

/** Serves `socket` until it closes; every stream still open then is stopped. */
export function serveConnection(socket: WebSocket, handlers: Handlers): void {
  // Not shared with other connections: an encoder must not be entered twice, and yields nothing across awaits here.
  const encoder = new Encoder({ ignoreUndefined: true });
  const decoder = new Decoder();
  const streams = new Map<number, OpenStream>();
  const calls = new Set<number>();

  /** Resolves when the bytes have left for the network, or the connection is gone. */
  const send = (frame: ServerFrame): Promise<void> =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.send(encoder.encode(frame), () => resolve());
    });

  const fail = (id: number, error: unknown) => {
    const { code, message } = toSluiceError(error);
    return send({ t: 'error', id, code, message });
  };

  function methodOf(name: string, kind: 'call' | 'stream'): MethodName {
    if (!isMethod(name) || contract[name].kind !== kind) {
      throw new SluiceError('bad-request', `There is no ${kind} named "${name.slice(0, 60)}".`);
    }
    return name;
  }

  async function answerCall(id: number, method: string, params: unknown): Promise<void> {
    calls.add(id);
    if (calls.size >= MAX_CALLS) socket.pause();
    try {
      const name = methodOf(method, 'call') as CallName;
      // The map's types relate each name to its own parameters; a name known only at run time cannot express that.
      const handler = handlers[name] as (params: unknown) => Promise<unknown>;
      await send({ t: 'result', id, value: await handler(parseParams(name, params)) });
    } catch (error) {
      await fail(id, error);
    }
    calls.delete(id);
    if (calls.size < MAX_CALLS) socket.resume();
  }

  async function creditOf(stream: OpenStream): Promise<void> {
    while (stream.credit === 0 && !stream.stop.signal.aborted) {
      await new Promise<void>((resolve) => {
        stream.wake = resolve;
      });
    }
  }

  async function runStream(id: number, method: string, params: unknown, credit: number): Promise<void> {
    const stream: OpenStream = { credit, stop: new AbortController(), wake: () => undefined };
    const { signal } = stream.stop;
    const full = streams.size >= MAX_STREAMS;
    streams.set(id, stream);
    try {
      if (full) throw new SluiceError('too-large', `At most ${MAX_STREAMS} streams may be open at once.`);
      const name = methodOf(method, 'stream') as StreamName;
      const handler = handlers[name] as (params: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
      for await (const value of handler(parseParams(name, params), signal)) {
        if (signal.aborted) break;
        stream.credit -= 1;
        await send({ t: 'item', id, value });
        await creditOf(stream);
        if (signal.aborted) break;
      }
      if (!signal.aborted) await send({ t: 'end', id });
    } catch (error) {
      if (!signal.aborted) await fail(id, error);
    }
    if (streams.get(id) === stream) streams.delete(id);
  }

  function closeStream(id: number): void {
    const stream = streams.get(id);
    streams.delete(id);
    stream?.stop.abort();
    stream?.wake();
  }

  function receive(frame: ClientFrame): void {
    switch (frame.t) {
      case 'call':
      case 'open':
        if (calls.has(frame.id) || streams.has(frame.id)) throw new Error('an id is used twice');
        if (frame.t === 'call') void answerCall(frame.id, frame.method, frame.params);
        else void runStream(frame.id, frame.method, frame.params, frame.credit);
        return;
      case 'credit': {
        // For a stream that ended meanwhile there is nothing to do.
        const stream = streams.get(frame.id);
        if (!stream) return;
        stream.credit = Math.min(stream.credit + frame.credit, MAX_CREDIT);
        stream.wake();
        return;
      }
      case 'close':
        closeStream(frame.id);
        return;
    }
  }

  socket.on('message', (data, isBinary) => {
    try {
      if (!isBinary || !(data instanceof Uint8Array)) throw new Error('not a binary message');
      receive(ClientFrame.parse(decoder.decode(data)));
    } catch {
      socket.close(POLICY_VIOLATION, 'malformed frame');
    }
  });
  // Reported by `close`, which always follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const id of [...streams.keys()]) closeStream(id);
  });
}
