/** The options that say how traffic is received and sent on: their words on the command line, and the settings they mean. */

import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { SluiceError } from '#model/errors.ts';
import type {
  ClientCertificate,
  InboundSettings,
  ProtocolSettings,
  ReverseListener,
  UpstreamSettings,
} from '#proxy-core/engine/settings.ts';
import { certificateFrom } from '#proxy-core/engine/upstream/detour.ts';
import { environmentProxy } from '#proxy-core/engine/upstream/environment-proxy.ts';
import { parseProxyUrl } from '#proxy-core/engine/upstream/proxy-url.ts';
import { gathered } from './numbers.ts';

export interface EngineCliOptions {
  readonly http2?: string;
  readonly via?: boolean;
  readonly stripAltSvc?: boolean;
  readonly lenient?: readonly string[];
  readonly passthrough?: readonly string[];
  readonly passRefused?: boolean;
  readonly proxyAuth?: string;
  readonly reverse?: readonly string[];
  readonly upstreamProxy?: string;
  readonly bypass?: readonly string[];
  readonly clientCert?: readonly string[];
  readonly minTls?: string;
  readonly keylog?: string;
}

export const withEngineOptions = (command: Command): Command =>
  command
    .option('--http2 <mode>', 'mirror: as the origin offers (default); off; always')
    .option(
      '--passthrough <hosts>',
      'do not decrypt these hosts: *.name, name:port, 10.0.0.0/8; may be given again',
      gathered,
    )
    .option('--pass-refused', 'pass a host through once a client has refused our certificate for it')
    .option('--proxy-auth <user:password>', 'ask clients for these credentials')
    .option('--reverse <[port=]origin>', 'listen as https://origin too; may be given again', gathered)
    .option(
      '--upstream-proxy <url>',
      'http://, https:// or socks5://[user:password@]host:port, or "environment"',
    )
    .option('--bypass <hosts>', 'reach these hosts without the upstream proxy; may be given again', gathered)
    .option(
      '--client-cert <host=file>',
      'PEM (certificate and key) or PKCS#12 for that host; a passphrase: host=file:passphrase',
      gathered,
    )
    .option('--min-tls <version>', 'TLSv1, TLSv1.1, TLSv1.2 (default) or TLSv1.3')
    .option('--keylog <file>', 'append TLS secrets of both sides, for Wireshark')
    .option(
      '--lenient <hosts>',
      'pass messages of these hosts on that are not valid HTTP; may be given again',
      gathered,
    )
    .option('--strip-alt-svc', 'take Alt-Svc out of responses, so that browsers stay on the proxy')
    .option('--via', 'add Via to messages');

const usage = (message: string): never => {
  throw new SluiceError('usage', message);
};

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one.toLowerCase() === value.toLowerCase());
  return found ?? usage(`${name} takes ${known.join(', ')}; "${value}" is none of them.`);
}

/** Lists may be written with commas, or the option given again. */
const list = (values: readonly string[]) =>
  values.flatMap((value) => value.split(',').map((part) => part.trim())).filter((part) => part !== '');

function clientCertificate(text: string): ClientCertificate {
  const [, host = '', file = '', passphrase] = /^([^=]+)=(.*?)(?::([^:/\\]*))?$/.exec(text) ?? [];
  if (host === '' || file === '') usage('--client-cert is written host=file or host=file:passphrase.');
  return { ...certificateFrom(file, passphrase), host };
}

/** `[PORT=]ORIGIN`; https where it says no scheme. */
export function reverseListener(text: string): ReverseListener {
  const [, port = '0', origin = ''] = /^(?:(\d{1,5})=)?(.+)$/.exec(text) ?? [];
  return { origin: /^https?:/i.test(origin) ? origin : `https://${origin}`, port: Number(port) };
}

function inbound(options: EngineCliOptions): InboundSettings {
  const { passthrough, passRefused, proxyAuth, reverse } = options;
  const [username = '', ...password] = (proxyAuth ?? '').split(':');
  if (proxyAuth !== undefined && (username === '' || password.length === 0)) {
    usage('--proxy-auth is written user:password.');
  }
  return {
    ...(passthrough === undefined ? {} : { passthrough: list(passthrough) }),
    ...(passRefused === undefined ? {} : { passRefused }),
    ...(proxyAuth === undefined ? {} : { credentials: { username, password: password.join(':') } }),
    ...(reverse === undefined ? {} : { reverse: reverse.map(reverseListener) }),
  };
}

/** Secrets of TLS are for the user alone. */
function keylogTo(file: string): (line: Uint8Array) => void {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', (error) =>
    process.stderr.write(`sluice: the key log cannot be written: ${error.message}\n`),
  );
  return (line) => void stream.write(line);
}

function upstream(options: EngineCliOptions, env: NodeJS.ProcessEnv): UpstreamSettings {
  const { upstreamProxy, bypass, clientCert, minTls, keylog } = options;
  const proxy =
    upstreamProxy === undefined
      ? {}
      : upstreamProxy === 'environment'
        ? environmentProxy(env)
        : { proxy: parseProxyUrl(upstreamProxy) };
  return {
    ...proxy,
    ...(bypass === undefined ? {} : { bypass: [...(proxy.bypass ?? []), ...list(bypass)] }),
    ...(clientCert === undefined ? {} : { clientCertificates: clientCert.map(clientCertificate) }),
    ...(minTls === undefined
      ? {}
      : { minTlsVersion: oneOf('--min-tls', minTls, ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']) }),
    ...(keylog === undefined ? {} : { keylog: keylogTo(keylog) }),
  };
}

function protocol({ http2, via, stripAltSvc, lenient }: EngineCliOptions): ProtocolSettings {
  return {
    ...(http2 === undefined ? {} : { http2: oneOf('--http2', http2, ['mirror', 'off', 'always']) }),
    ...(via === undefined ? {} : { via }),
    ...(stripAltSvc === undefined ? {} : { stripAltSvc }),
    ...(lenient === undefined ? {} : { lenient: list(lenient) }),
  };
}

/** @throws SluiceError `usage` or `file-unreadable` that names the option. */
export function engineSettings(options: EngineCliOptions, env: NodeJS.ProcessEnv = process.env) {
  return { inbound: inbound(options), upstream: upstream(options, env), protocol: protocol(options) };
}
