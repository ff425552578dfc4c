/** An upstream proxy as users write it: a URL, with credentials if it needs some. What is refused is never quoted: it may hold a password. */
import { SluiceError } from '#model/errors.ts';
import type { UpstreamProxy } from '../settings.ts';
import { parseAuthority } from '../target.ts';
import { fitsSocks } from './socks5-client.ts';

const DEFAULT_PORT = { http: 80, https: 443, socks5: 1080 } as const;
/** curl's names; all of them leave the resolving to the proxy here. */
const SCHEMES: Readonly<Record<string, UpstreamProxy['scheme']>> = {
  http: 'http',
  https: 'https',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
};
const PROXY_URL = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^/?#]*)@)?([^/?#@]*)\/?$/i;

function refuse(what: string): never {
  throw new SluiceError(
    'usage',
    `${what}; write it as http://user:password@host:port, https://… or socks5://….`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('The user name or password of the upstream proxy is not percent-encoded as it should be');
  }
}

/**
 * Checks what no such proxy can work with: RFC 7617 §2 (a colon ends the user name, control characters are in neither) and RFC 1929 §2
 * (lengths of one octet).
 * @throws SluiceError `usage`.
 */
export function checkProxy(proxy: UpstreamProxy): UpstreamProxy {
  const { scheme, host, port, username = '', password = '' } = proxy;
  if (host === '' || !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    refuse('The upstream proxy has no valid host and port');
  }
  if (/\p{Cc}/u.test(username + password)) {
    refuse('The upstream proxy’s user name or password holds control characters');
  }
  if (scheme !== 'socks5' && username.includes(':')) refuse('The upstream proxy’s user name holds a colon');
  if (scheme === 'socks5' && !(fitsSocks(username) && fitsSocks(password))) {
    refuse('The upstream proxy’s user name or password is longer than the 255 bytes that SOCKS5 allows');
  }
  return proxy;
}

/**
 * Parses `http://`, `https://` or `socks5://` (also `socks5h://`, `socks://`), with `user:password@` percent-encoded; http when there is
 * no scheme; ports 80, 443 and 1080 when there is none.
 * @throws SluiceError `usage`.
 */
export function parseProxyUrl(text: string): UpstreamProxy {
  const parts = PROXY_URL.exec(text.trim()) ?? refuse('The upstream proxy is not a URL');
  const [, schemeText = 'http', userInfo = '', hostText = ''] = parts;
  const scheme = SCHEMES[schemeText.toLowerCase()];
  if (scheme === undefined)
    return refuse(`An upstream proxy of kind ${JSON.stringify(schemeText)} cannot be used`);
  const authority = parseAuthority(hostText, DEFAULT_PORT[scheme]);
  if (!authority) return refuse('The upstream proxy has no valid host and port');
  const [username = '', ...rest] = userInfo.split(':');
  const credentials = { username: decode(username), password: decode(rest.join(':')) };
  return checkProxy({ scheme, ...authority, ...(userInfo === '' ? {} : credentials) });
}
