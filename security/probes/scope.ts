/**
 * Where probes may send: hosts that the user has named, and nothing else. A pattern is a host name or address, or `*.` and a domain for its
 * subdomains, with a port when only that port is meant. There is no pattern for everything.
 */
import { SluiceError } from '#model/errors.ts';
import type { SessionRow } from '#model/session.ts';

export interface Scope {
  includes(place: Pick<SessionRow, 'scheme' | 'host' | 'port'>): boolean;
  /** @throws SluiceError `not-allowed` for what is outside. */
  demand(place: Pick<SessionRow, 'scheme' | 'host' | 'port'>): void;
}

interface Pattern {
  readonly host: string;
  readonly subdomains: boolean;
  readonly port: number | undefined;
}

/** A name of labels, an IPv4 address, or an IPv6 address in brackets; perhaps a port. */
const PATTERN = /^(\*\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\.?(?::(\d{1,5}))?$/;

function parse(text: string): Pattern {
  const [, star, host, digits] = PATTERN.exec(text.trim().toLowerCase()) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  const wrongPort = port !== undefined && (port < 1 || port > 65_535);
  // "*.com" would be half the Internet.
  const tooWide = star !== undefined && !host?.includes('.');
  if (host !== undefined && !wrongPort && !tooWide) return { host, subdomains: star !== undefined, port };
  throw new SluiceError(
    'usage',
    `"${text}" is no scope: name a host ("api.acme.test", "127.0.0.1:8080") or the subdomains of one ("*.acme.test").`,
  );
}

/** @throws SluiceError `usage` when there is no pattern, or one that names no host. */
export function scopeOf(texts: readonly string[]): Scope {
  const patterns = texts.map(parse);
  if (patterns.length === 0) {
    throw new SluiceError(
      'usage',
      'Name the hosts that may be probed with --scope: only those are sent anything.',
    );
  }
  const includes: Scope['includes'] = ({ scheme, host, port }) => {
    const name = host.toLowerCase().replace(/\.$/, '');
    if (scheme !== 'http' && scheme !== 'https') return false;
    return patterns.some(
      (pattern) =>
        (pattern.subdomains ? name.endsWith(`.${pattern.host}`) : name === pattern.host) &&
        (pattern.port === undefined || pattern.port === port),
    );
  };
  return {
    includes,
    demand(place) {
      if (includes(place)) return;
      throw new SluiceError(
        'not-allowed',
        `${place.host}:${place.port} is outside the scope, and nothing is sent there: add --scope ${place.host} if you may test it.`,
      );
    },
  };
}
