/**
 * After a 101 (RFC 9110 §7.8): the connection speaks another protocol. WebSocket messages are recorded as they pass; of any other
 * protocol the bytes are.
 */
import type { Socket } from 'node:net';
import { headerValues } from '#model/headers.ts';
import type { ResponseHead, SessionState, Timings } from '#model/session.ts';
import { failure } from '../failure.ts';
import { watchWebSocket } from '../message-capture.ts';
import { pump } from '../pump.ts';
import type { Recorder } from '../recorder.ts';

export interface UpgradeRelay {
  /** What was switched to, lower case. */
  readonly protocol: string;
  /** The 101, for what the peers agreed on. */
  readonly head: ResponseHead;
  readonly client: Socket;
  readonly origin: Socket;
  /** Bytes that came with the heads. */
  readonly fromClient: Buffer;
  readonly fromOrigin: Buffer;
  readonly recorder: Recorder;
  /** `host:port`, for people. */
  readonly host: string;
  readonly idleMs: number;
  readonly timings: () => Timings;
}

/** Returns at once; ends the session when both connections are gone. */
export function relayUpgrade(relay: UpgradeRelay): void {
  const { client, origin, recorder } = relay;
  const extensions = headerValues(relay.head.headers, 'sec-websocket-extensions').join(',');
  const watch = watchWebSocket(recorder, { extensions });
  let firstGone: 'client' | 'origin' | undefined;

  for (const socket of [client, origin]) {
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
  }
  if (relay.fromClient.length > 0) client.unshift(relay.fromClient);
  if (relay.fromOrigin.length > 0) origin.unshift(relay.fromOrigin);
  pump(client, origin, watch.client);
  pump(origin, client, watch.origin);
  client.on('end', () => origin.end());
  origin.on('end', () => client.end());
  client.resume();
  origin.resume();
  const end = (state: Exclude<SessionState, 'active'>, code?: 'client-gone' | 'origin-gone') =>
    recorder.end(state, relay.timings(), code && failure(code, relay.host));
  const closed = (side: 'client' | 'origin') => {
    if (firstGone !== undefined) return;
    firstGone = side;
    const other = side === 'client' ? origin : client;
    if (watch.closing) other.end();
    other.destroySoon();
    const finish = () => {
      if (watch.closing) end('completed');
      else if (side === 'client') end('client-aborted', 'client-gone');
      else end('server-aborted', 'origin-gone');
    };
    // Messages that are being inflated belong to the session.
    const decoding = watch.end();
    if (decoding === undefined) finish();
    else void decoding.then(finish);
  };
  client.on('close', () => closed('client'));
  origin.on('close', () => closed('origin'));
}
