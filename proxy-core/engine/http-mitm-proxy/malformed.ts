/** A message that Node's parser refused is still a session: what could be read of it, a 400 (or 431), and an end to the connection. */
import type { Socket } from 'node:net';
import { errorCode, failure } from '../failure.ts';
import { rawFailureMessage } from '../failure-page.ts';
import { readLeniently } from '../lenient-head.ts';
import { makeTarget, parseAbsolute } from '../target.ts';
import type { EngineContext } from './context.ts';

/** Records and answers a parser's error. Errors of connections that were only cut are left to those who use them. */
export function recordMalformed(context: EngineContext, error: Error, socket: Socket): void {
  const code = errorCode(error);
  if (!/^(HPE_|ERR_HTTP_)/.test(code) || code === 'HPE_INVALID_EOF_STATE') {
    socket.destroy();
    return;
  }
  const packet = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0);
  const head = readLeniently(packet.toString('latin1'));
  const { tunnel, tls } = context.clients.of(socket);
  const target = tunnel
    ? makeTarget(tls ? 'https' : 'http', tunnel, head.target)
    : parseAbsolute(head.target, head.method);
  const url = target?.url ?? 'http://invalid/';
  const reason = failure('bad-request', '', code);
  const recorder = context.recording.begin(
    { kind: 'http', source: 'proxy', url, head },
    context.options.capturing(),
  );
  recorder.requestEnd();
  recorder.facts(context.clients.facts(socket));
  recorder.end('failed', {}, reason);
  if (socket.writable && socket.bytesWritten === 0) socket.end(rawFailureMessage(reason, url));
  else socket.destroy();
}
