/**
 * Host patterns, as users write them in lists (bypass, passthrough, lenient, client certificates), compiled once and asked often.
 *
 * `example.com` exactly that name · `*.example.com` every name below it, not itself · `*` everything · a `*` anywhere stands for any
 * characters · `10.0.0.0/8`, `fd00::/8` addresses by prefix (RFC 4632) · `<local>` names of one label · and `:8443` behind any of them
 * for that port alone, IPv6 then in brackets. Case and a trailing dot do not count. Names are compared as they stand: nothing is
 * resolved. No regular expressions, so no pattern is slow.
 */
import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { SluiceError } from '#model/errors.ts';

/** Whether `host` (name or address, IPv6 with or without brackets) is meant. Patterns with a port match only when `port` is given. */
export type HostMatcher = (host: string, port?: number) => boolean;

const PATTERN = /^(?:\[([^[\]]+)\](\/\d{1,3})?|([^[\]:]+|[^[\]]*:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?$/;
const NAME = /^[a-z0-9_.*-]+$/;
const LOCAL = '<local>';

/** What all patterns with the same port, or without one, say. */
interface Rules {
  readonly names: Set<string>;
  /** The pieces between the stars. */
  readonly globs: string[][];
  readonly addresses: BlockList;
  local: boolean;
}

interface ParsedPattern {
  readonly host: string;
  readonly port: number | undefined;
}

function refuse(pattern: string): never {
  throw new SluiceError(
    'usage',
    `${JSON.stringify(pattern)} is not a host pattern; write a name, *.name, an address, a prefix as 10.0.0.0/8, or <local>, each with :port if wanted.`,
  );
}

/** Splits off the port. A bare IPv6 address or prefix has none: its last group would look like one. */
function split(pattern: string): ParsedPattern {
  const [, bracketed, prefix = '', bare = '', port] =
    PATTERN.exec(pattern.trim().toLowerCase()) ?? refuse(pattern);
  const bareV6 = bare.includes(':');
  if (bracketed !== undefined && isIP(bracketed.split('/', 1)[0] ?? '') !== 6) refuse(pattern);
  if (port !== undefined && (bareV6 || Number(port) < 1 || Number(port) > 65_535)) refuse(pattern);
  return {
    host: bracketed === undefined ? bare : bracketed + prefix,
    port: port === undefined ? undefined : Number(port),
  };
}

function addAddress(addresses: BlockList, host: string): boolean {
  const [address = '', bits, more] = host.split('/');
  const version = isIP(address);
  const length = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? length : Number(bits);
  if (version === 0 || more !== undefined || bits === '' || !(prefix <= length)) return false;
  addresses.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  return true;
}

function add(rules: Rules, pattern: string, host: string): void {
  if (host === LOCAL) {
    rules.local = true;
    return;
  }
  if (addAddress(rules.addresses, host)) return;
  const name = plainName(/[^\0-\x7f]/.test(host) ? domainToASCII(host) : host);
  if (!NAME.test(name) || name.includes('..')) refuse(pattern);
  if (name.includes('*')) rules.globs.push(name.split('*'));
  else rules.names.add(name);
}

const plainName = (name: string) => (name.endsWith('.') ? name.slice(0, -1) : name);

/** First and last piece at the ends, the others in order between them; each as early as possible, which is never too late. */
function globMatches(pieces: readonly string[], name: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

function matches(rules: Rules | undefined, host: string, version: number): boolean {
  if (!rules) return false;
  if (version !== 0 && rules.addresses.check(host, version === 4 ? 'ipv4' : 'ipv6')) return true;
  if (rules.local && version === 0 && !host.includes('.')) return true;
  return rules.names.has(host) || rules.globs.some((pieces) => globMatches(pieces, host));
}

/**
 * Compiles a list of patterns; an empty one matches nothing.
 * @throws SluiceError `usage` that quotes the pattern when it is none.
 */
export function hostMatcher(patterns: readonly string[]): HostMatcher {
  if (patterns.length === 0) return () => false;
  const byPort = new Map<number | undefined, Rules>();
  for (const pattern of patterns) {
    const { host, port } = split(pattern);
    const rules = byPort.get(port) ?? {
      names: new Set(),
      globs: [],
      addresses: new BlockList(),
      local: false,
    };
    byPort.set(port, rules);
    add(rules, pattern, host);
  }
  const anyPort = byPort.get(undefined);
  return (host, port) => {
    const bare = host.startsWith('[') ? host.slice(1, -1) : host;
    const name = plainName(bare.toLowerCase());
    const version = isIP(name);
    const address = version === 6 ? (name.split('%', 1)[0] ?? '') : name;
    return (
      matches(anyPort, address, version) ||
      (port !== undefined && matches(byPort.get(port), address, version))
    );
  };
}
