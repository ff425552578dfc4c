/** WebSocket load: some messages under way on each connection, and one more sent for each that comes back. */
import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Driver, Tally } from './driver.ts';
import { EchoReader, sentFrame } from './echo-frames.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Asks for WebSocket on an open connection (RFC 6455 §4.1). Rejects when it is refused. */
export async function upgrade(socket: Socket, host: string): Promise<void> {
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      socket.off('data', onData).off('close', onClose);
      resolve(text);
    };
    const onClose = () => reject(new Error('closed instead of an answer to the WebSocket handshake'));
    socket.on('data', onData).on('close', onClose);
  });
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  if (!answer.startsWith('HTTP/1.1 101 ') || !answer.includes(accept)) {
    throw new Error(`the WebSocket handshake was refused: ${answer.slice(0, 200)}`);
  }
}

/** Starts the load on connections that have been upgraded. */
export function startWebSocket(connections: readonly Socket[], underWay: number): Driver {
  const tally = new Tally();
  const frames = Buffer.concat(Array.from({ length: underWay }, sentFrame));
  const { length } = sentFrame();
  for (const socket of connections) {
    const reader = new EchoReader();
    const send = (count: number) => {
      tally.asked(count);
      socket.write(frames.subarray(0, count * length));
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        const completed = reader.push(chunk);
        if (completed > underWay) throw new Error('more echoes than messages');
        if (completed > 0 && tally.answer(completed)) send(completed);
      } catch (error) {
        tally.fail(error);
      }
    });
    send(underWay);
  }
  return tally.driver(connections, () => 0);
}
