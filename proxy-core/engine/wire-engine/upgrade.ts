/**
 * After a 101 (RFC 9110 §7.8): the connection speaks another protocol. WebSocket messages are recorded as they pass; of any other
 * protocol the bytes are.
 */
import type { Socket } from 'node:net';
import type { ResponseHead, SessionState, Timings } from '#model/session.ts';
import { failure } from '../failure.ts';
import { type Pressure, pump } from '../pump.ts';
import { now, type Recorder } from '../recorder.ts';
import { FrameReader } from '../websocket-frames.ts';

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
  let closeSeen = false;
  let firstGone: 'client' | 'origin' | undefined;

  const observer = (direction: 'sent' | 'received') => {
    const reader = new FrameReader();
    return (chunk: Buffer): Pressure => {
      let pressure: Pressure;
      for (const message of reader.push(chunk)) {
        if (message.opcode === 8) closeSeen = true;
        pressure = recorder.message({ direction, at: now(), ...message }) ?? pressure;
      }
      return pressure;
    };
  };

  for (const socket of [client, origin]) {
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
  }
  if (relay.fromClient.length > 0) client.unshift(relay.fromClient);
  if (relay.fromOrigin.length > 0) origin.unshift(relay.fromOrigin);
  pump(client, origin, observer('sent'));
  pump(origin, client, observer('received'));
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
    if (closeSeen) other.end();
    other.destroySoon();
    if (closeSeen) end('completed');
    else if (side === 'client') end('client-aborted', 'client-gone');
    else end('server-aborted', 'origin-gone');
  };
  client.on('close', () => closed('client'));
  origin.on('close', () => closed('origin'));
}
