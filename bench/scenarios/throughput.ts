/** What the scenarios of HTTP/1.1 throughput share: keep-alive connections, one request at a time on each. */
import { openMany, openPlain } from '../load/connection.ts';
import { measure, type Rate } from '../load/driver.ts';
import { getRequest, startHttp1 } from '../load/http1.ts';
import { BODY, type BodyPath } from '../origin/bodies.ts';
import { MEGABYTE, type Metric, secureConnection, type Taken, type Turn } from './scenario.ts';

/** Of a rate of `what`: itself, how busy the proxy was with it, and so what a second of its processor time is worth. */
export const rateMetrics = (what: string): readonly Metric[] => [
  { id: 'rate', title: `${what}/s`, unit: `${what}/s` },
  { id: 'busy', title: 'proxy’s core busy, %', unit: '%' },
  { id: 'worth', title: `${what} for a second of processor time`, unit: what },
];

export interface Shape {
  readonly path: BodyPath;
  readonly connections: number;
}

export const taken = (rate: number, { busy, total }: Rate): Taken => ({
  values: busy ? { rate, busy: busy * 100, worth: rate / busy } : { rate },
  requests: total,
});

const take = ({ path }: Shape, rate: Rate) =>
  taken(BODY[path] > MEGABYTE ? rate.bytes / MEGABYTE : rate.answers, rate);

/** In the clear: to a proxy with the URL in absolute form. */
export async function plainThroughput(turn: Turn, shape: Shape): Promise<Taken> {
  const { route, origin } = turn;
  const host = `127.0.0.1:${origin.httpPort}`;
  const target = { address: '127.0.0.1', port: origin.httpPort };
  const connections = await openMany(shape.connections, () => openPlain(route, target));
  const request = getRequest(
    route.proxyPort === undefined ? shape.path : `http://${host}${shape.path}`,
    host,
  );
  return take(shape, await measure(startHttp1({ connections, request, bodyLength: BODY[shape.path] }), turn));
}

/** With TLS, through CONNECT where there is a proxy. */
export async function secureThroughput(turn: Turn, shape: Shape): Promise<Taken> {
  const connections = await openMany(shape.connections, () => secureConnection(turn));
  const request = getRequest(shape.path, `127.0.0.1:${turn.origin.httpsPort}`);
  return take(shape, await measure(startHttp1({ connections, request, bodyLength: BODY[shape.path] }), turn));
}
