/** Why traffic does not come our way: HTTP/3, bypassed localhost, settings that programs do not read, other proxies, a wrong clock. Pure. */
import type { Diagnosis } from '#model/contract/doctor.ts';
import { hostsOf } from './certificate-diagnoses.ts';
import type { RunFacts, SeenExchange } from './facts.ts';

/** How long nothing may arrive before it is said. */
const QUIET_MS = 20_000;
/** RFC 9110 leaves clocks some slack, certificates do not: from here on they fail. */
const WRONG_MS = 5 * 60_000;
const CLOCKS = 3;
/** Plain requests after which encrypted ones should have come too. */
const PLAIN_ENOUGH = 5;

const isLoopback = (host: string) =>
  /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/i.test(host) || host.endsWith('.localhost');

export function http3Around({ exchanges, stripsAltSvc }: RunFacts): Diagnosis[] {
  if (stripsAltSvc) return [];
  const offered = exchanges.filter(
    ({ altSvc, userAgent }) => /\bh3(?:-\d+)?=/.test(altSvc ?? '') && /mozilla/i.test(userAgent ?? ''),
  );
  const [newest] = offered;
  if (newest === undefined) return [];
  return [
    {
      id: 'http3-around',
      severity: 'hint',
      title: 'Browsers are told that they may use HTTP/3',
      text: 'These hosts offer it by Alt-Svc. HTTP/3 runs over UDP, which no HTTP proxy sees: a browser that takes the offer goes around Sluice. Take Alt-Svc out of responses; where clients still get through, block UDP port 443 in the firewall.',
      hosts: hostsOf(offered),
      fixes: [
        { kind: 'strip-alt-svc' },
        { kind: 'command', text: '--strip-alt-svc' },
        { kind: 'session', id: newest.id },
      ],
    },
  ];
}

export function localhostBypassed({ exchanges, environment, proxy }: RunFacts): Diagnosis[] {
  const seen = exchanges.some(({ host }) => isLoopback(host));
  const fromLocal = exchanges.filter(({ page }) => page !== undefined && isLoopback(page));
  const bypass = (environment.no_proxy ?? '')
    .split(/[\s,]+/)
    .filter((entry) => isLoopback(entry) || entry === '*');
  if (seen || (fromLocal.length === 0 && (bypass.length === 0 || exchanges.length === 0))) return [];
  const [newest] = fromLocal;
  return [
    {
      id: 'localhost-bypassed',
      severity: 'hint',
      title: 'Requests to localhost go around the proxy',
      text:
        fromLocal.length > 0
          ? 'A page on localhost asks others through Sluice, but nothing that it asks of localhost itself arrives: browsers and most libraries leave localhost out of their proxy settings. Use a browser that Sluice opens, the machine’s own name, or clear NO_PROXY.'
          : `NO_PROXY names ${bypass.join(', ')}: programs that read it do not send requests for it to ${proxy}. Clear it for the program that you look at.`,
      hosts: [],
      fixes: [
        { kind: 'open-browser' },
        { kind: 'recipes' },
        ...(newest === undefined ? [] : [{ kind: 'session', id: newest.id } as const]),
      ],
    },
  ];
}

export function nothingArrives({
  now,
  startedAt,
  capturing,
  exchanges,
  refusals,
  proxy,
}: RunFacts): Diagnosis[] {
  if (!capturing || exchanges.length + refusals.length > 0 || now - startedAt < QUIET_MS) return [];
  return [
    {
      id: 'nothing-arrives',
      severity: 'hint',
      title: 'Nothing has arrived yet',
      text: `No client has come to ${proxy}. Programs that were started before do not see new settings, and many do not read HTTP_PROXY and HTTPS_PROXY at all: Node’s fetch before version 24, Java, browsers, most apps. Give the program its own setting.`,
      hosts: [],
      fixes: [{ kind: 'open-browser' }, { kind: 'recipes' }],
    },
  ];
}

export function httpsNotProxied({ exchanges, refusals }: RunFacts): Diagnosis[] {
  const encrypted = exchanges.some(({ decrypted }) => decrypted) || refusals.length > 0;
  if (encrypted || exchanges.length < PLAIN_ENOUGH) return [];
  // Who works on a plain server of his own has nothing that is missing.
  if (exchanges.every(({ host }) => isLoopback(host))) return [];
  return [
    {
      id: 'https-not-proxied',
      severity: 'hint',
      title: 'Only unencrypted requests arrive',
      text: 'The client uses the proxy for http alone. HTTPS has a setting of its own: HTTPS_PROXY beside HTTP_PROXY, or the second line of a system’s proxy settings.',
      hosts: hostsOf(exchanges),
      fixes: [{ kind: 'recipes' }],
    },
  ];
}

export function otherProxyBefore({ exchanges }: RunFacts): Diagnosis[] {
  const forwarded = exchanges.filter((exchange) => exchange.forwarded !== undefined);
  const [newest] = forwarded;
  if (newest === undefined) return [];
  return [
    {
      id: 'other-proxy-before',
      severity: 'hint',
      title: 'Requests come through another proxy first',
      text: `They say so themselves (${newest.forwarded}). What is shown is what that proxy sends, not what the client sent; and it may keep some to itself.`,
      hosts: hostsOf(forwarded),
      fixes: [{ kind: 'recipes' }, { kind: 'session', id: newest.id }],
    },
  ];
}

/** Makers of programs that sign certificates on the way, as their issuers are called. */
const INTERCEPTORS =
  /zscaler|netskope|forcepoint|blue ?coat|symantec web|palo alto|fortinet|fortigate|sophos|kaspersky|avast|avg web|eset|bitdefender|mcafee|cisco umbrella|watchguard|check point|do_not_trust_fiddler|fiddler|charles proxy|mitmproxy|portswigger|proxyman|http toolkit|squid/i;

export function otherProxyBehind(facts: RunFacts): Diagnosis[] {
  const { exchanges, environment, hasUpstreamProxy } = facts;
  const signed = exchanges.filter(({ issuer }) => INTERCEPTORS.test(issuer ?? ''));
  const [newest] = signed;
  if (newest !== undefined) {
    return [
      {
        id: 'other-proxy-behind',
        severity: 'problem',
        title: 'Something between here and the origins reads TLS too',
        text: `Their certificates are signed by ${newest.issuer}. If that is meant to be, let Sluice trust its authority; else switch its HTTPS inspection off.`,
        hosts: hostsOf(signed),
        fixes: [
          { kind: 'command', text: '--upstream-ca FILE' },
          { kind: 'session', id: newest.id },
        ],
      },
    ];
  }
  const named = otherProxyOf(facts);
  const unreached = exchanges.filter(({ error }) => UNREACHED.has(error));
  const [failed] = unreached;
  if (hasUpstreamProxy || named === undefined || failed === undefined) return [];
  return [
    {
      id: 'other-proxy-behind',
      severity: 'problem',
      title: 'Origins cannot be reached, and this machine has a proxy of its own',
      text: `The environment names ${environment[named]} (${named.toUpperCase()}), which Sluice does not use unless it is told to.`,
      hosts: hostsOf(unreached),
      fixes: [
        { kind: 'command', text: '--upstream-proxy environment' },
        { kind: 'session', id: failed.id },
      ],
    },
  ];
}

const UNREACHED = new Set<SeenExchange['error']>(['dns', 'timeout', 'unreachable', 'refused']);

/** The variable that names another proxy than ours. */
const otherProxyOf = ({ environment, proxy }: RunFacts) =>
  ['https_proxy', 'http_proxy', 'all_proxy'].find((name) => {
    const value = environment[name] ?? '';
    return value !== '' && !value.includes(proxy.replace(/^.*:/, ':'));
  });

export function clockWrong({ exchanges, refusals }: RunFacts): Diagnosis[] {
  const dated = exchanges.flatMap(({ host, aheadMs }) => (aheadMs === undefined ? [] : [{ host, aheadMs }]));
  const hosts = new Set(dated.map(({ host }) => host));
  const sorted = dated.map(({ aheadMs }) => aheadMs).toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const own = hosts.size >= CLOCKS && Math.abs(middle) > WRONG_MS;
  const theirs = refusals.find(({ alert }) => alert === 'certificate_expired');
  if (!own && theirs === undefined) return [];
  const minutes = Math.round(Math.abs(middle) / 60_000);
  return [
    {
      id: 'clock-wrong',
      severity: 'problem',
      title: own
        ? 'This machine’s clock is wrong'
        : 'A client finds our certificates expired or not yet valid',
      text: own
        ? `Origins say that it is ${minutes} minutes ${middle > 0 ? 'later' : 'earlier'} than here. Certificates are valid for a time: set the clock, then start Sluice again.`
        : 'Leaf certificates are made for some days around this machine’s clock: compare the clocks of both machines.',
      hosts: own ? [] : hostsOf(refusals),
      fixes: theirs === undefined ? [] : [{ kind: 'session', id: theirs.id }],
    },
  ];
}
