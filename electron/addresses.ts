/**
 * Which addresses the shell trusts, loads, or hands to the system's browser: pure decisions, so that every door of the shell asks the
 * same question. What it cannot parse it refuses.
 */
const MAX_EXTERNAL = 8192;

/** Origin of the workbench that `address` opens, as "http://127.0.0.1:1234". */
export const originOf = (address: string): string => new URL(address).origin;

/** A page or file of the workbench itself. */
export function isOwnPage(text: string, origin: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && url.origin === origin;
}

/** What a frame inside the workbench may hold: its own pages, its own blobs, and documents without an address. */
export function isOwnFrame(text: string, origin: string): boolean {
  if (text === 'about:blank' || text === 'about:srcdoc') return true;
  const url = URL.parse(text);
  return isOwnPage(text, origin) || (url?.protocol === 'blob:' && url.origin === origin);
}

/** What the window's session may fetch: the host on loopback (WebSocket included), bytes already here, and Chromium's own tools. */
export function isOwnRequest(text: string, origin: string): boolean {
  const url = URL.parse(text);
  if (!url) return false;
  if (url.protocol === 'ws:') return `http://${url.host}` === origin;
  return url.protocol === 'data:' || url.protocol === 'devtools:' || isOwnFrame(text, origin);
}

/**
 * `text` as an address that may be given to the system's browser, or undefined: http and https only, no user name or password in it,
 * and not the workbench, whose token stays in this window.
 */
export function externalAddress(text: string, origin: string | undefined): string | undefined {
  const url = text.length <= MAX_EXTERNAL ? URL.parse(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (url.username !== '' || url.password !== '' || url.origin === origin) return undefined;
  return url.href;
}
