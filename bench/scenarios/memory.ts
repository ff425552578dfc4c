/** Memory at rest, after load, and while more streams through than could be kept. */
import { setTimeout as delay } from 'node:timers/promises';
import { openMany } from '../load/connection.ts';
import { getRequest, startHttp1 } from '../load/http1.ts';
import { BODY } from '../origin/bodies.ts';
import { SLUICE } from '../peers/sluice.ts';
import { watchResident } from '../system/resident-watch.ts';
import { MEGABYTE, type Scenario, secureConnection, type Turn } from './scenario.ts';
import { secureThroughput } from './throughput.ts';

const GIGABYTE = 1e9;
/** How much, and for how long at most. The peers are not what has to be shown, and some would take minutes. */
const MOST = { bytes: 10 * GIGABYTE, seconds: 180 };
const PEER = { bytes: GIGABYTE, seconds: 12 };
const SHORT = { bytes: GIGABYTE, seconds: 8 };
const CONNECTIONS = 2;
const LOOK_MS = 50;

const amount = ({ full, peer }: Turn) => (!full ? SHORT : peer === SLUICE ? MOST : PEER);

interface Streamed {
  readonly bytes: number;
  readonly seconds: number;
  readonly requests: number;
}

/** Bodies of 1 GB, one at a time on each connection, until enough has come; what is then under way is broken off. */
async function stream(turn: Turn, { bytes, seconds }: typeof MOST): Promise<Streamed> {
  const connections = await openMany(CONNECTIONS, () => secureConnection(turn));
  const request = getRequest('/1g', `127.0.0.1:${turn.origin.httpsPort}`);
  const from = performance.now();
  const elapsed = () => (performance.now() - from) / 1000;
  const driver = startHttp1({ connections, request, bodyLength: BODY['/1g'] });
  try {
    while (driver.bytes() < bytes && elapsed() < seconds) await Promise.race([delay(LOOK_MS), driver.failed]);
    return { bytes: driver.bytes(), seconds: elapsed(), requests: driver.answered() + CONNECTIONS };
  } finally {
    driver.stop();
  }
}

export const memory: Scenario = {
  name: 'memory',
  title: 'Memory',
  note:
    'Resident memory of the proxy with its children: after its start, after HTTPS load of 1 KB, and the most while bodies of 1 GB stream ' +
    `through over HTTPS, ${CONNECTIONS} at a time.`,
  metrics: [
    { id: 'peak', title: 'most while streaming, MB', unit: 'MB' },
    { id: 'rest', title: 'at rest, MB', unit: 'MB' },
    { id: 'load', title: 'after load, MB', unit: 'MB' },
    { id: 'streamed', title: 'streamed, GB', unit: 'GB', digits: 1 },
    { id: 'speed', title: 'MB/s', unit: 'MB/s' },
  ],
  once: true,
  short: 'sluice',
  proxiesOnly: true,
  run: async (turn) => {
    const rest = turn.residentBytes();
    const load = await secureThroughput(turn, { path: '/1k', connections: 32 });
    const afterLoad = turn.residentBytes();
    using watch = watchResident(turn.residentBytes);
    const streamed = await stream(turn, amount(turn));
    return {
      values: {
        rest: rest / MEGABYTE,
        load: afterLoad / MEGABYTE,
        peak: watch.peak() / MEGABYTE,
        streamed: streamed.bytes / GIGABYTE,
        speed: streamed.bytes / MEGABYTE / streamed.seconds,
      },
      requests: load.requests + streamed.requests,
    };
  },
};
