/**
 * Decides, before anything else looks at it, whether a request to the loopback server is one that the workbench or a program of the
 * user's could have sent. Pure: facts in, a refusal or nothing out.
 *
 * Each rule stands alone, and all of them always hold, the token notwithstanding: Host stops DNS rebinding, Origin and Sec-Fetch-Site stop
 * other pages (a page on another port of 127.0.0.1 is same-site, so SameSite cookies would not), the JSON type stops forms.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Proof } from './access.ts';

export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 415;
  readonly message: string;
}

export interface RequestFacts {
  readonly method: string;
  /** As it stood in the request line. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly upgrade: boolean;
  readonly proof: Proof;
}

/** What may be had without a proof: the workbench's own files, and the exchange of the token for a cookie. */
export const isOpen = (method: string, path: string) =>
  path === '/session' ? method === 'POST' : method === 'GET' && !path.startsWith('/api/') && path !== '/rpc';

const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];

const refuse = (status: Refusal['status'], message: string): Refusal => ({ status, message });

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

function refuseOrigin({ method, headers, upgrade, proof }: RequestFacts): Refusal | undefined {
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) {
    return refuse(403, 'Only the workbench itself may send this: the Origin is foreign.');
  }
  // Browsers name the Origin of every WebSocket and POST; a program with the token need not.
  if (origin === undefined && (upgrade || !isSafe(method)) && proof !== 'bearer') {
    return refuse(403, 'The Origin header is missing.');
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refuse(403, 'Only the workbench itself may send this: it came from another site.');
  }
  return undefined;
}

/** The refusal of a request to the listener on `port`, or undefined when it may go on. */
export function refusalOf(facts: RequestFacts, port: number): Refusal | undefined {
  const { method, target, headers, proof } = facts;
  if (!LOOPBACK_NAMES.some((name) => headers.host === `${name}:${port}`)) {
    return refuse(403, `Open the workbench as http://127.0.0.1:${port}/.`);
  }
  // Absolute form is what a proxy is asked; this is none, and must not be reached through one.
  if (!target.startsWith('/')) return refuse(400, 'This is the workbench, not a proxy.');
  if (!isSafe(method) && method !== 'POST') return refuse(405, `${method} is not used here.`);
  const foreign = refuseOrigin(facts);
  if (foreign) return foreign;
  const path = target.split('?', 1)[0] ?? '';
  if (proof === 'none' && !isOpen(method === 'HEAD' ? 'GET' : method, path)) {
    return refuse(401, 'Open the address that Sluice printed at its start; it carries the token.');
  }
  if (method === 'POST' && !isJson(headers['content-type'])) {
    return refuse(415, 'Send application/json.');
  }
  return undefined;
}

const isJson = (type: string | undefined) => /^application\/json\s*(;|$)/i.test(type ?? '');
