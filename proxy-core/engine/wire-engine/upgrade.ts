/**
 * After a 101 (RFC 9110 §7.8): the connection speaks another protocol, and its bytes pass unchanged. Of WebSocket the messages are
 * recorded as they pass; of any other protocol the bytes are.
 */
import type { Socket } from 'node:net';
import { headerValues } from '#model/headers.ts';
import type { FailureCode, ResponseHead, SessionState, Timings } from '#model/session.ts';
import { failure } from '../failure.ts';
import { rawTunnel } from '../inbound/raw-tunnel.ts';
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
  if (relay.protocol === 'websocket') relayWebSocket(relay);
  else
    void rawTunnel(relay.client, relay.origin, {
      ...relay,
      record: 'bytes',
      timings: relay.timings(),
      fromServer: relay.fromOrigin,
    });
}

function relayWebSocket(relay: UpgradeRelay): void {
  const { client, origin, recorder } = relay;
  recorder.responseEnd();
  const extensions = headerValues(relay.head.headers, 'sec-websocket-extensions').join(', ');
  const watch = watchWebSocket(recorder, { extensions });
  // A connection that lives on says so by pings or data; silence is allowed to it.
  for (const socket of [client, origin]) {
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
  }
  if (relay.fromClient.length > 0) client.unshift(relay.fromClient);
  if (relay.fromOrigin.length > 0) origin.unshift(relay.fromOrigin);
  pump(client, origin, (chunk) => watch.client(chunk));
  pump(origin, client, (chunk) => watch.origin(chunk));
  const half = (ended: Socket, other: Socket) => {
    other.end();
    // What the other still has to say may come, but it is not waited for longer than for anything else.
    other.setTimeout(relay.idleMs, () => ended.destroy());
  };
  client.on('end', () => half(client, origin));
  origin.on('end', () => half(origin, client));
  client.resume();
  origin.resume();

  const end = async (state: Exclude<SessionState, 'active'>, code?: FailureCode) => {
    await watch.end();
    recorder.end(state, relay.timings(), code && failure(code, relay.host));
  };
  let over = false;
  const closed = (side: 'client' | 'origin') => {
    if (over) return;
    over = true;
    const other = side === 'client' ? origin : client;
    // RFC 6455 §7.1.1: after the closing handshake the connection just ends; without it, it was cut.
    if (watch.closing) {
      other.end();
      other.destroySoon();
      void end('completed');
      return;
    }
    other.destroySoon();
    if (side === 'client') void end('client-aborted', 'client-gone');
    else void end('server-aborted', 'origin-gone');
  };
  client.on('close', () => closed('client'));
  origin.on('close', () => closed('origin'));
}
