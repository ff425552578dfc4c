/**
 * The workbench's end of the contract: calls and streams over one WebSocket that comes back by itself.
 *
 * Streams outlive the connection: after a reconnect each open watch is opened again and starts with a fresh item. Calls do not: one in
 * flight when the connection goes rejects with `connection-lost`, because nobody knows whether the host carried it out. It refuses to
 * buffer calls while disconnected, apart from those made before the very first connection.
 */

import { Decoder, Encoder } from '@msgpack/msgpack';
import {
  type CallName,
  contract,
  type Item,
  type Params,
  type Result,
  type StreamName,
} from '#model/contract/contract.ts';
import { type ClientFrame, ServerFrame } from '#model/contract/frames.ts';
import { type ErrorCode, SluiceError } from '#model/errors.ts';
import { type BackoffLimits, backoffMs, DEFAULT_BACKOFF } from './backoff.ts';

/** Items the host may send ahead of what has been dealt with. */
const CREDIT = 4;

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** `retryAt`: epoch ms of the next attempt. `everOpen` is false when no connection has succeeded yet. */
  | { readonly kind: 'lost'; readonly retryAt: number; readonly everOpen: boolean }
  | { readonly kind: 'closed' };

export interface WatchHandlers<K extends StreamName> {
  /** The host sends more when this has returned, or its promise has settled: take as long as drawing takes. */
  item(item: Item<K>): void | Promise<void>;
  /** The host ended the stream; nothing more comes. */
  end?(): void;
  /** The stream failed; nothing more comes. */
  error?(error: SluiceError): void;
}

export interface RpcClient {
  /** Asks and answers once. Rejects with a SluiceError. */
  call<K extends CallName>(name: K, params: Params<K>): Promise<Result<K>>;
  /** Items until the returned function is called, or the host ends the stream. */
  watch<K extends StreamName>(name: K, params: Params<K>, handlers: WatchHandlers<K>): () => void;
  readonly state: ConnectionState;
  /** Tells of every change of `state`; returns the function that stops it. */
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Does not wait for the back-off. */
  retryNow(): void;
  close(): void;
}

export interface RpcClientOptions {
  /** `ws:` or `wss:` address. */
  readonly url: string;
  readonly backoff?: BackoffLimits;
}

interface PendingCall {
  readonly name: CallName;
  readonly frame: ClientFrame;
  resolve(value: unknown): void;
  reject(error: SluiceError): void;
}

interface OpenWatch {
  readonly name: StreamName;
  readonly params: unknown;
  readonly handlers: WatchHandlers<StreamName>;
}

const lost = () =>
  new SluiceError('connection-lost', 'The connection to Sluice was lost. Try again when it is back.');

/** Connects at once. */
export function createRpcClient({ url, backoff = DEFAULT_BACKOFF }: RpcClientOptions): RpcClient {
  const encoder = new Encoder({ ignoreUndefined: true });
  const decoder = new Decoder();
  const calls = new Map<number, PendingCall>();
  const watches = new Map<number, OpenWatch>();
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = { kind: 'connecting' };
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let everOpen = false;
  let nextId = 1;

  const setState = (next: ConnectionState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const send = (frame: ClientFrame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(encoder.encode(frame));
  };
  const open = (id: number, { name, params }: OpenWatch) =>
    send({ t: 'open', id, method: name, params, credit: CREDIT });

  const endWatch = (id: number, error?: SluiceError) => {
    const watch = watches.get(id);
    watches.delete(id);
    if (error) watch?.handlers.error?.(error);
    else watch?.handlers.end?.();
  };

  const receiveItem = (id: number, value: unknown) => {
    const watch = watches.get(id);
    if (!watch) return;
    const item = contract[watch.name].item.safeParse(value);
    if (!item.success) {
      send({ t: 'close', id });
      endWatch(id, new SluiceError('internal', `${watch.name}: ${item.error.message}`));
      return;
    }
    const grant = () => {
      if (watches.has(id)) send({ t: 'credit', id, credit: 1 });
    };
    const taken = watch.handlers.item(item.data as never);
    if (taken instanceof Promise) void taken.finally(grant);
    else grant();
  };

  const receiveResult = (id: number, value: unknown) => {
    const call = calls.get(id);
    if (!call) return;
    calls.delete(id);
    const result = contract[call.name].result.safeParse(value);
    if (result.success) call.resolve(result.data);
    else call.reject(new SluiceError('internal', `${call.name}: ${result.error.message}`));
  };

  const receiveError = (id: number, code: string, message: string) => {
    const error = new SluiceError(code as ErrorCode, message);
    const call = calls.get(id);
    calls.delete(id);
    if (call) call.reject(error);
    else endWatch(id, error);
  };

  const receive = (frame: ServerFrame) => {
    if (frame.t === 'item') receiveItem(frame.id, frame.value);
    else if (frame.t === 'result') receiveResult(frame.id, frame.value);
    else if (frame.t === 'end') endWatch(frame.id);
    else receiveError(frame.id, frame.code, frame.message);
  };

  /** The frame in a message, or undefined when it is not the contract's. */
  const frameOf = (data: unknown): ServerFrame | undefined => {
    try {
      return ServerFrame.parse(decoder.decode(new Uint8Array(data as ArrayBuffer)));
    } catch {
      return undefined;
    }
  };

  const onGone = (gone: WebSocket) => {
    if (gone !== socket) return;
    socket = undefined;
    if (state.kind === 'closed') return;
    if (everOpen) {
      for (const call of calls.values()) call.reject(lost());
      calls.clear();
    }
    attempt += 1;
    const wait = backoffMs(attempt, backoff, Math.random());
    timer = setTimeout(connect, wait);
    setState({ kind: 'lost', retryAt: Date.now() + wait, everOpen });
  };

  function connect() {
    clearTimeout(timer);
    const next = new WebSocket(url);
    next.binaryType = 'arraybuffer';
    socket = next;
    next.onopen = () => {
      attempt = 0;
      everOpen = true;
      // Before anyone hears of it: what they ask then is sent by itself, and sent twice it would end the connection.
      for (const call of calls.values()) send(call.frame);
      for (const [id, watch] of watches) open(id, watch);
      setState({ kind: 'open' });
    };
    next.onmessage = (event) => {
      const frame = frameOf(event.data);
      if (frame) receive(frame);
      // Host and window are out of step: begin again rather than guess.
      else next.close(4000, 'not a frame of the contract');
    };
    next.onclose = () => onGone(next);
  }

  connect();

  return {
    call(name, params) {
      const id = nextId++;
      if (state.kind === 'closed' || (state.kind === 'lost' && everOpen)) return Promise.reject(lost());
      return new Promise((resolve, reject) => {
        const frame: ClientFrame = { t: 'call', id, method: name, params };
        calls.set(id, { name, frame, resolve: resolve as (value: unknown) => void, reject });
        send(frame);
      });
    },
    watch(name, params, handlers) {
      const id = nextId++;
      const entry = { name, params, handlers: handlers as unknown as WatchHandlers<StreamName> };
      watches.set(id, entry);
      open(id, entry);
      return () => {
        if (watches.delete(id)) send({ t: 'close', id });
      };
    },
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retryNow() {
      if (state.kind !== 'lost') return;
      setState({ kind: 'connecting' });
      connect();
    },
    close() {
      clearTimeout(timer);
      setState({ kind: 'closed' });
      for (const call of calls.values()) call.reject(lost());
      calls.clear();
      watches.clear();
      socket?.close();
    },
  };
}
