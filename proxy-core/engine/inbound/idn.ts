/**
 * International host names (RFC 5890): A-labels (`xn--…`) for the wire and for certificates, U-labels for people, and a warning when a
 * label mixes scripts as only imitations do. It refuses what is no host name and changes nothing that is ASCII already.
 */
import { domainToASCII, domainToUnicode } from 'node:url';

const ASCII = /^[\0-\x7f]*$/;

/** Octets as text: UTF-8 as clients send it, else Latin-1. */
function textOf(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}

/**
 * `host` or `host:port` with the host in A-labels, from a byte string as it stood in a CONNECT target, Host field or URL. ASCII comes
 * back as it is, valid or not. Undefined when the name cannot be written in A-labels (UTS #46).
 */
export function asciiAuthority(authority: string): string | undefined {
  if (ASCII.test(authority)) return authority;
  const [, host = '', port = ''] = /^(.*?)(:\d*)?$/s.exec(textOf(authority)) ?? [];
  // The URL parser behind domainToASCII would take a port, a path or user information for part of the name.
  const ascii = /[\s:/?#@[\]\\%]/.test(host) ? '' : domainToASCII(host);
  return ascii === '' ? undefined : ascii + port;
}

/** Script combinations in which people write one name (UTS #39 §5.2, "highly restrictive"). */
const TOGETHER: readonly ReadonlySet<string>[] = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

/** Scripts in which host names are registered or that are used to imitate them; others cannot be told apart and count as one. */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Ethiopic',
  'Khmer',
  'Mongolian',
  'Cherokee',
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Hangul',
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u;

function scriptsOf(label: string): Set<string> {
  const found = new Set<string>();
  for (const character of label) {
    if (NEUTRAL.test(character)) continue;
    found.add(SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other');
  }
  return found;
}

const usual = (scripts: ReadonlySet<string>) =>
  scripts.size <= 1 || TOGETHER.some((set) => [...scripts].every((script) => set.has(script)));

export interface HostNotice {
  /** The host in U-labels. */
  readonly unicode: string;
  /** One sentence, when a label mixes scripts. */
  readonly warning?: string;
}

/** What to tell people about a host in A-labels; undefined when it has none. */
export function hostNotice(host: string): HostNotice | undefined {
  if (!/(?:^|\.)xn--/i.test(host)) return undefined;
  const unicode = domainToUnicode(host);
  if (unicode === '' || unicode === host.toLowerCase()) return undefined;
  const mixed = unicode.split('.').find((label) => !usual(scriptsOf(label)));
  if (mixed === undefined) return { unicode };
  const scripts = [...scriptsOf(mixed)].join(' and ');
  return {
    unicode,
    warning: `“${mixed}” mixes ${scripts} letters, as imitations of other names do; look at it as ${host}.`,
  };
}
