/** A client that reads a large body slowly: a proxy has to slow the origin, not to keep what comes. */
import { setTimeout as delay } from 'node:timers/promises';
import { getRequest } from '../load/http1.ts';
import { WrongResponse } from '../load/response-reader.ts';
import { watchResident } from '../system/resident-watch.ts';
import { MEGABYTE, type Scenario, secureConnection } from './scenario.ts';

const SECONDS = 6;
const PAUSE_MS = 50;

export const slowClient: Scenario = {
  name: 'slow-client',
  title: 'One slow client',
  note: `HTTPS, a body of 1 GB of which the client takes a piece every ${PAUSE_MS} ms, for ${SECONDS} s.`,
  metrics: [
    { id: 'growth', title: 'memory grew by, MB', unit: 'MB' },
    { id: 'read', title: 'read by the client, MB', unit: 'MB', digits: 1 },
  ],
  once: true,
  proxiesOnly: true,
  run: async (turn) => {
    const socket = await secureConnection(turn);
    const before = turn.residentBytes();
    using watch = watchResident(turn.residentBytes);
    let read = 0;
    let start = '';
    socket.on('data', (chunk: Buffer) => {
      if (read === 0) start = chunk.toString('latin1', 0, 100);
      read += chunk.length;
      socket.pause();
    });
    socket.write(getRequest('/1g', `127.0.0.1:${turn.origin.httpsPort}`));
    for (const until = performance.now() + SECONDS * 1000; performance.now() < until; ) {
      await delay(PAUSE_MS);
      socket.resume();
    }
    const growth = watch.peak() - before;
    socket.destroy();
    if (read > 0 && !start.startsWith('HTTP/1.1 200 ')) throw new WrongResponse(`not a 200: ${start}`);
    return { values: { growth: growth / MEGABYTE, read: read / MEGABYTE }, requests: 1 };
  },
};
