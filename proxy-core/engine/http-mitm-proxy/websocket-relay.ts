/** After a 101: moves the bytes of a WebSocket both ways unchanged and records the messages seen in them. */
import type { Socket } from 'node:net';
import { responseHeadText } from '#model/head-text.ts';
import type { FailureCode, ResponseHead, SessionState } from '#model/session.ts';
import { type Pressure, pump } from '../pump.ts';
import { now, type Recorder } from '../recorder.ts';
import { FrameReader } from '../websocket-frames.ts';

export interface Relay {
  readonly client: Socket;
  readonly origin: Socket;
  /** The origin's answer, sent on to the client as it came. */
  readonly head: ResponseHead;
  /** Bytes that came with the heads. */
  readonly first: { readonly client: Buffer; readonly origin: Buffer };
  readonly recorder: Recorder;
  readonly finished: (state: Exclude<SessionState, 'active'>, failure?: FailureCode) => void;
}

/** Returns at once; `finished` is called when both connections are gone. */
export function relayWebSocket({ client, origin, head, first, recorder, finished }: Relay): void {
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
  client.write(responseHeadText(head), 'latin1');
  if (first.client.length > 0) client.unshift(first.client);
  if (first.origin.length > 0) origin.unshift(first.origin);
  pump(client, origin, observer('sent'));
  pump(origin, client, observer('received'));
  client.on('end', () => origin.end());
  origin.on('end', () => client.end());
  const closed = (side: 'client' | 'origin') => {
    if (firstGone !== undefined) return;
    firstGone = side;
    const other = side === 'client' ? origin : client;
    if (closeSeen) other.end();
    other.destroySoon();
    if (closeSeen) finished('completed');
    else if (side === 'client') finished('client-aborted', 'client-gone');
    else finished('server-aborted', 'origin-gone');
  };
  client.on('close', () => closed('client'));
  origin.on('close', () => closed('origin'));
}
