/**
 * For hosts on the lenient list, whose owners debug broken peers: a message that the codec refuses, and everything that follows on its
 * connection, passes as the octets that came, both ways, and is recorded as those. Nothing is read in them any more but the start of the
 * answer, for the session to have a status. Of a body that turned out bad, what came before had been delimited anew; from the fault on
 * it is as it was.
 */
import type { ResponseHead, Timings } from '#model/session.ts';
import { classify, failureStatus } from '../failure.ts';
import { rawTunnel } from '../inbound/raw-tunnel.ts';
import { readResponseLeniently } from '../lenient-head.ts';
import type { Recorder } from '../recorder.ts';
import { formatAuthority, type Target } from '../target.ts';
import type { Client } from './client.ts';
import type { EngineContext } from './context.ts';
import { pageMessage } from './pages.ts';
import type { GivenAway } from './streams.ts';

export interface PassOn {
  readonly client: GivenAway;
  readonly origin: GivenAway;
  readonly recorder: Recorder;
  /** The session has a response head. */
  readonly answered: boolean;
  /** What is not valid. */
  readonly fault: string;
  /** `host:port`, for people. */
  readonly host: string;
  readonly idleMs: number;
  readonly timings: Timings;
}

const headOf = (octets: Uint8Array): ResponseHead =>
  readResponseLeniently(Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1'));

/** Resolves when both connections are gone and the session has ended. */
export async function passOn(parts: PassOn): Promise<void> {
  const { client, origin, recorder, answered, fault, host, idleMs, timings } = parts;
  recorder.facts({ passedInvalid: fault });
  await rawTunnel(client.socket, origin.socket, {
    recorder,
    record: 'bytes',
    idleMs,
    host,
    fromClient: client.rest,
    fromServer: origin.rest,
    timings,
    ...(answered ? {} : { answering: (first: Uint8Array) => recorder.responseHead(headOf(first)) }),
  });
}

/** The same for a request whose very head was refused: the way to its origin is still to be made. */
export async function passRequestOn(parts: {
  readonly context: EngineContext;
  readonly client: Client;
  readonly taken: GivenAway;
  readonly recorder: Recorder;
  readonly target: Target;
  readonly fault: string;
}): Promise<void> {
  const { context, client, taken, recorder, target, fault } = parts;
  const host = formatAuthority(target);
  const { reverse, tls } = client.description;
  try {
    const { socket, facts, timings } = await context.origins.connectRaw(
      target,
      reverse === undefined ? tls?.sni : undefined,
    );
    recorder.facts(facts);
    const origin = { socket, rest: Buffer.alloc(0) };
    const idleMs = context.timeouts.idle;
    await passOn({ client: taken, origin, recorder, answered: false, fault, host, idleMs, timings });
  } catch (error) {
    const reason = classify(error, host);
    void recorder.requestData(taken.rest);
    recorder.end('failed', {}, reason);
    taken.socket.end(pageMessage({ status: failureStatus(reason.code), failure: reason }, target.url));
    taken.socket.destroySoon();
  }
}
