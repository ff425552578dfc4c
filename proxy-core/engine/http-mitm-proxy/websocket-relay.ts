/** After a 101: moves the bytes of a WebSocket both ways unchanged and records the messages seen in them. */
import type { Socket } from 'node:net';
import { responseHeadText } from '#model/head-text.ts';
import { headerValues } from '#model/headers.ts';
import type { FailureCode, ResponseHead, SessionState } from '#model/session.ts';
import { watchWebSocket } from '../message-capture.ts';
import { pump } from '../pump.ts';
import type { Recorder } from '../recorder.ts';

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
  const extensions = headerValues(head.headers, 'sec-websocket-extensions').join(',');
  const watch = watchWebSocket(recorder, { extensions });
  let firstGone: 'client' | 'origin' | undefined;

  for (const socket of [client, origin]) {
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
  }
  client.write(responseHeadText(head), 'latin1');
  if (first.client.length > 0) client.unshift(first.client);
  if (first.origin.length > 0) origin.unshift(first.origin);
  pump(client, origin, watch.client);
  pump(origin, client, watch.origin);
  client.on('end', () => origin.end());
  origin.on('end', () => client.end());
  const closed = (side: 'client' | 'origin') => {
    if (firstGone !== undefined) return;
    firstGone = side;
    const other = side === 'client' ? origin : client;
    if (watch.closing) other.end();
    other.destroySoon();
    const finish = () => {
      if (watch.closing) finished('completed');
      else if (side === 'client') finished('client-aborted', 'client-gone');
      else finished('server-aborted', 'origin-gone');
    };
    const decoding = watch.end();
    if (decoding === undefined) finish();
    else void decoding.then(finish);
  };
  client.on('close', () => closed('client'));
  origin.on('close', () => closed('origin'));
}
