/** Ports for programs that cannot choose one themselves, and waiting until they listen. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from './processes.ts';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 20;

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Resolves when `program` accepts connections on `port`; rejects with its own words when it ends, or never does. */
export async function listens(program: Program, port: number): Promise<void> {
  let ended = false;
  void program.ended.then(() => {
    ended = true;
  });
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await delay(PAUSE_MS)) {
    if (ended) throw new Error(`ended while starting: ${program.complaint() || 'without a word'}`);
    if (await answers(port)) return;
  }
  throw new Error(`does not listen: ${program.complaint() || 'without a word'}`);
}
