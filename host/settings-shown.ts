/** How this run listens and sends on, as the workbench shows it: no password, no key. Pure. */
import type { EngineSettingsInfo } from '#model/contract/engine-settings.ts';
import type { UpstreamProxy } from '#proxy-core/engine/settings.ts';
import { hostPort } from './addresses.ts';
import type { HostOptions } from './host-options.ts';

const proxyText = ({ scheme, host, port, username }: UpstreamProxy) =>
  `${scheme}://${username === undefined ? '' : '…@'}${hostPort(host, port)}`;

export function settingsShown(
  options: Pick<HostOptions, 'host' | 'settings' | 'upstreamCaFiles'>,
): EngineSettingsInfo {
  const { inbound = {}, upstream = {}, protocol = {} } = options.settings ?? {};
  const { proxy, proxyFor } = upstream;
  const proxies = [
    ...(proxy === undefined ? [] : [proxyText(proxy)]),
    ...(proxyFor?.http === undefined ? [] : [`http: ${proxyText(proxyFor.http)}`]),
    ...(proxyFor?.https === undefined ? [] : [`https: ${proxyText(proxyFor.https)}`]),
  ];
  const host = options.host ?? '127.0.0.1';
  return {
    listensOn: host,
    lan: !/^(?:127\.|::1$|localhost$)/.test(host),
    asksPassword: inbound.credentials !== undefined,
    upstreamProxies: proxies,
    bypass: [...(upstream.bypass ?? [])],
    passthrough: [...(inbound.passthrough ?? [])],
    passRefused: inbound.passRefused ?? false,
    minTls: upstream.minTlsVersion ?? 'TLSv1.2',
    clientCertificates: (upstream.clientCertificates ?? []).map((one) => one.host),
    upstreamCaFiles: [...(options.upstreamCaFiles ?? [])],
    http2: protocol.http2 ?? 'mirror',
    stripAltSvc: protocol.stripAltSvc ?? false,
    lenient: [...(protocol.lenient ?? [])],
  };
}
