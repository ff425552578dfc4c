/**
 * Octets that Sluice itself sends byte for byte, as a tester wrote them: nothing is read, mended or refused in them. What is not valid HTTP is
 * said in the session. The answer is read as one to the method that stands first; what follows it is recorded with it.
 */
import { SluiceError } from '#model/errors.ts';
import type { RequestHead, SessionId, SessionState, Timings } from '#model/session.ts';
import { requestReader, responseReader } from '../../wire/message-reader.ts';
import type { RawRequest } from '../engine.ts';
import { classify, failure, TimeLimitError } from '../failure.ts';
import { readLeniently, readResponseLeniently } from '../lenient-head.ts';
import type { Recorder } from '../recorder.ts';
import { formatAuthority, parseAbsolute, type Target } from '../target.ts';
import type { UpstreamConnection } from '../upstream/connection.ts';
import type { EngineContext } from './context.ts';

interface ReadRequest {
  readonly head: RequestHead;
  /** What follows the head's empty line. */
  readonly body: Buffer;
  /** What is not valid; undefined where nothing is wrong. */
  readonly fault: string | undefined;
}

const ignore = () => {};

/** What a strict reader says of the octets. */
function faultOf(octets: Buffer): string | undefined {
  let fault: string | undefined;
  let ended = false;
  const reader = requestReader({
    head: ignore,
    data: ignore,
    chunkExtension: ignore,
    trailers: ignore,
    end: () => {
      ended = true;
    },
    error: ({ message }) => {
      fault = message;
    },
  });
  reader.push(octets);
  reader.finish();
  return fault ?? (ended ? undefined : 'There is no whole request in it.');
}

/** Pure. */
export function readRaw(octets: Buffer): ReadRequest {
  const text = octets.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const at = end === null ? text.length : end.index + end[0].length;
  const raw = text.slice(0, at);
  return { head: { ...readLeniently(raw), raw }, body: octets.subarray(at), fault: faultOf(octets) };
}

function record(
  connection: UpstreamConnection,
  { octets, method }: { octets: Buffer; method: string },
  { recorder, where, idleMs }: { recorder: Recorder; where: string; idleMs: number },
): void {
  const { socket } = connection;
  const startedAt = performance.now();
  let respondedAt = 0;
  let got = Buffer.alloc(0);
  const timings = (): Timings => ({
    ...connection.timings,
    ...(respondedAt === 0 ? {} : { wait: respondedAt - startedAt, receive: performance.now() - respondedAt }),
  });
  const finish = (state: Exclude<SessionState, 'active'>, reason?: ReturnType<typeof failure>) => {
    recorder.end(state, timings(), reason);
    socket.destroy();
  };
  const reader = responseReader(
    {
      head: (head) => {
        respondedAt ||= performance.now();
        const { status, reason, httpVersion, headers, text } = head;
        const told = { status, reason, httpVersion, headers, raw: text };
        if (status < 200) recorder.informational(told);
        else recorder.responseHead(told);
      },
      data: (bytes) => void recorder.responseData(bytes),
      chunkExtension: ignore,
      trailers: ignore,
      end: () => {
        if (respondedAt === 0 || recorder.ended) return;
        recorder.responseEnd();
        finish('completed');
      },
      error: ({ message }) => {
        if (respondedAt === 0 && got.length > 0) {
          recorder.responseHead(readResponseLeniently(got.toString('latin1')));
          void recorder.responseData(got);
        }
        finish('failed', failure('bad-response', where, message));
      },
    },
    () => method,
  );
  socket.setTimeout(idleMs, () => finish('failed', classify(new TimeLimitError('answer'), where)));
  socket.on('data', (chunk: Buffer) => {
    if (respondedAt === 0) got = Buffer.concat([got, chunk]);
    reader.push(chunk);
  });
  socket.on('end', () => {
    reader.finish();
    socket.destroy();
  });
  socket.on('close', () => {
    const gone = Object.assign(new Error('closed'), { code: 'ECONNRESET' });
    recorder.end('failed', timings(), classify(gone, where));
  });
  socket.write(octets);
  socket.resume();
}

async function connectAndSend(
  context: EngineContext,
  target: Target,
  parts: { octets: Buffer; method: string },
  recorder: Recorder,
): Promise<void> {
  const where = formatAuthority(target);
  try {
    const connection = await context.origins.connectRaw(target, undefined);
    const { socket } = connection;
    context.sockets.add(socket);
    socket.once('close', () => context.sockets.delete(socket));
    recorder.facts({ ...connection.facts, serverHttpVersion: 'HTTP/1.1' });
    record(connection, parts, { recorder, where, idleMs: context.timeouts.idle });
  } catch (error) {
    recorder.end('failed', {}, classify(error, where));
  }
}

/**
 * Sends the octets; returns the session's number when its beginning is recorded.
 * @throws SluiceError `bad-url` when `url` does not say where to.
 */
export function sendRaw(context: EngineContext, { url, octets, ...rest }: RawRequest): SessionId {
  const target = parseAbsolute(url);
  if (target === undefined) {
    throw new SluiceError('bad-url', `"${url}" is not an http or https URL; correct it and send again.`);
  }
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const { head, body, fault } = readRaw(bytes);
  const path = head.target.startsWith('/') ? head.target : target.path;
  const shown = URL.parse(path, `${target.scheme}://${formatAuthority(target, target.scheme)}`);
  const recorder = context.recording.begin(
    { kind: 'http', url: shown?.href ?? target.url, head, ...rest },
    true,
  );
  if (fault !== undefined) recorder.facts({ passedInvalid: fault });
  if (body.length > 0) void recorder.requestData(body);
  recorder.requestEnd();
  void connectAndSend(context, target, { octets: bytes, method: head.method }, recorder);
  return recorder.id;
}
