/**
 * Runs as a process of its own: an origin, and clients that ask it through the proxy at a steady rate, as long as they are let. The n-th
 * request is for /live/n; every 250 ms a line says when those that ended since did, in ms since the epoch. Arguments: port of the proxy,
 * requests a second.
 */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

const CLIENTS = 24;
const TICK_MS = 4;
const TELL_MS = 250;
const BODY = JSON.stringify({
  ok: true,
  items: Array.from({ length: 12 }, (_, id) => ({ id, name: 'kettle' })),
});

const [proxyPort = '', rate = ''] = process.argv.slice(2);
const origin = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': BODY.length });
  response.end(BODY);
});
await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
const { port } = origin.address() as AddressInfo;

let ended: [number: number, at: number][] = [];
const free: Socket[] = [];
/** Numbers of the requests that clients wait for. */
const asked = new Map<Socket, number>();

function client(): void {
  const socket = connect(Number(proxyPort), '127.0.0.1');
  let received = '';
  socket.setNoDelay(true).setEncoding('latin1');
  socket.once('connect', () => free.push(socket));
  socket.on('data', (text: string) => {
    received += text;
    if (!received.endsWith(BODY)) return;
    received = '';
    const number = asked.get(socket);
    asked.delete(socket);
    if (number !== undefined) ended.push([number, performance.timeOrigin + performance.now()]);
    free.push(socket);
  });
  socket.on('error', () => process.exit(1));
}
for (let i = 0; i < CLIENTS; i++) client();

const began = performance.now();
let made = 0;
setInterval(() => {
  const due = Math.floor(((performance.now() - began) / 1000) * Number(rate));
  while (made < due) {
    const socket = free.shift();
    // The proxy is behind: what is due is asked as soon as a client is free.
    if (socket === undefined) return;
    made += 1;
    asked.set(socket, made);
    socket.write(`GET http://127.0.0.1:${port}/live/${made} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  }
}, TICK_MS);
setInterval(() => {
  process.stdout.write(`${JSON.stringify(ended)}\n`);
  ended = [];
}, TELL_MS);
