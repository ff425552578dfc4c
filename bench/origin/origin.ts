/** Starts the origins: nginx for HTTP, HTTPS and HTTP/2, and a WebSocket echo. They run where the bench runs, beside the load. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, listens } from '../system/ports.ts';
import type { Processes } from '../system/processes.ts';
import { BODY, jsonBody, writeBodies } from './bodies.ts';
import { type OriginHost, originAuthority, originCertificates } from './certificates.ts';
import { nginxConfig } from './nginx-config.ts';

const WEBSOCKET_SERVER = fileURLToPath(new URL('./websocket-server.ts', import.meta.url));
/** Hosts at 127.0.0.2 and up, each new to a proxy that has not seen it. */
const MAX_HOSTS = 250;

export interface Origin {
  /** Of the main host, 127.0.0.1. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly webSocketPort: number;
  /** Hosts with a name, an address and a certificate of their own, on the port of https. */
  readonly newHosts: readonly OriginHost[];
  /** Path of the PEM of the authority that proxies have to trust. */
  readonly caFile: string;
  readonly ca: string;
}

/** Starts them in `folder` with `newHosts` hosts besides the main one. They end with `processes`. */
export async function startOrigin(processes: Processes, folder: string, newHosts: number): Promise<Origin> {
  if (newHosts > MAX_HOSTS) throw new RangeError(`at most ${MAX_HOSTS} hosts`);
  const extra = Array.from({ length: newHosts }, (_, index) => ({
    address: `127.0.0.${index + 2}`,
    name: `h${index + 1}.bench.test`,
  }));
  const hosts = [{ address: '127.0.0.1', name: 'bench.test' }, ...extra];
  await mkdir(join(folder, 'tmp'), { recursive: true });
  const [authority] = await Promise.all([originAuthority(folder), writeBodies(join(folder, 'bodies'))]);
  const certificates = await originCertificates(folder, authority, hosts);
  const served = hosts.flatMap((host, index) => {
    const certificate = certificates[index];
    return certificate ? [{ ...host, certificate }] : [];
  });
  const [httpPort, httpsPort] = await Promise.all([freePort(), freePort()]);
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    nginxConfig({ folder, httpPort, httpsPort, hosts: served, small: jsonBody(BODY['/1k']) }),
  );
  const nginx = await processes.start(['nginx', '-p', folder, '-c', config]);
  await listens(nginx, httpsPort);
  const [main] = certificates;
  const webSocket = await processes.start([
    process.execPath,
    WEBSOCKET_SERVER,
    main?.cert ?? '',
    main?.key ?? '',
  ]);
  return {
    httpPort,
    httpsPort,
    webSocketPort: Number(await webSocket.line()),
    newHosts: extra,
    caFile: authority.cert,
    ca: await readFile(authority.cert, 'utf8'),
  };
}
