/**
 * A program's end of the contract: what the command line uses against a running host, and tests against the real one. It refuses to
 * come back by itself: when the connection goes, everything open fails with `connection-lost`.
 */
import { Decoder, Encoder } from '@msgpack/msgpack';
import { WebSocket } from 'ws';
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

/** Items the host may send ahead of what the reader has taken. */
const CREDIT = 4;
const OPEN_TIMEOUT_MS = 5000;

export interface RpcClient extends AsyncDisposable {
  /** Asks and answers once. Rejects with a SluiceError. */
  call<K extends CallName>(name: K, params: Params<K>): Promise<Result<K>>;
  /** Items as the reader takes them; leaving the loop closes the stream. */
  open<K extends StreamName>(name: K, params: Params<K>): AsyncGenerator<Item<K>>;
  close(): Promise<void>;
}

interface Reply {
  value?: unknown;
  done?: boolean;
  error?: SluiceError;
}

/** The address a host printed (`http://…/#token=…`), taken apart. @throws SluiceError `usage` when it holds no token. */
export function splitAddress(address: string): { origin: string; token: string } {
  const url = URL.parse(address);
  const token = new URLSearchParams(url?.hash.slice(1)).get('token');
  if (!url || !token)
    throw new SluiceError('usage', 'Give the whole address that Sluice printed, with its token.');
  return { origin: url.origin, token };
}

/** Connects to the host at `address`. @throws SluiceError `connection-lost` when nobody answers, `not-allowed` when it refuses. */
export async function connectRpc(address: string): Promise<RpcClient> {
  const { origin, token } = splitAddress(address);
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/rpc`, {
    headers: { Authorization: `Bearer ${token}` },
    handshakeTimeout: OPEN_TIMEOUT_MS,
    perMessageDeflate: false,
  });
  const encoder = new Encoder({ ignoreUndefined: true });
  const decoder = new Decoder();
  const receivers = new Map<number, (reply: Reply) => void>();
  let nextId = 1;

  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_, response) => {
      socket.terminate();
      reject(new SluiceError('not-allowed', `The host refused the connection (${response.statusCode}).`));
    });
    socket.once('error', () => {
      reject(new SluiceError('connection-lost', 'No host answers at this address: is Sluice still running?'));
    });
  });
  const send = (frame: ClientFrame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encoder.encode(frame));
  };
  socket.on('message', (data) => {
    const frame = ServerFrame.parse(decoder.decode(data as Buffer));
    const receiver = receivers.get(frame.id);
    if (frame.t === 'error') {
      receiver?.({ error: new SluiceError(frame.code as ErrorCode, frame.message) });
    } else if (frame.t === 'end') receiver?.({ done: true });
    else receiver?.({ value: frame.value });
  });
  socket.on('error', () => undefined);
  const lost = () => new SluiceError('connection-lost', 'The connection to the running host was lost.');
  socket.on('close', () => {
    for (const receiver of [...receivers.values()]) receiver({ error: lost() });
  });

  const client: RpcClient = {
    call(name, params) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(lost());
        receivers.set(id, ({ value, error }) => {
          receivers.delete(id);
          if (error) return reject(error);
          const result = contract[name].result.safeParse(value);
          if (result.success) resolve(result.data as Result<typeof name>);
          else reject(new SluiceError('internal', `${name} answered something else than the contract says.`));
        });
        send({ t: 'call', id, method: name, params });
      });
    },
    async *open(name, params) {
      const id = nextId++;
      const replies: Reply[] = socket.readyState === WebSocket.OPEN ? [] : [{ error: lost() }];
      let wake: () => void = () => undefined;
      receivers.set(id, (reply) => {
        replies.push(reply);
        wake();
      });
      send({ t: 'open', id, method: name, params, credit: CREDIT });
      try {
        while (true) {
          const reply = replies.shift();
          if (!reply) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          if (reply.error) throw reply.error;
          if (reply.done) return;
          yield contract[name].item.parse(reply.value) as Item<typeof name>;
          send({ t: 'credit', id, credit: 1 });
        }
      } finally {
        receivers.delete(id);
        send({ t: 'close', id });
      }
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.close();
      await closed;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
  return client;
}
