/** Signs that an answer is meant for everyone, or for one person: what tells an open door from a shop window. Headers and paths alone. */
import { headerValue, headerValues } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import { mimeOf } from '../reading/textual.ts';

/** What pages are made of, and what is the same for all. */
const ASSET = /^(?:image|font|audio|video)\/|^text\/css$|javascript$|^application\/(?:wasm|manifest\+json)$/;
/** At the root alone: "/orders/17/status" is about one order. */
const PUBLIC_PATH =
  /^(?:\/api)?(?:\/v\d+)?(?:\/auth)?\/(?:robots\.txt|favicon\.ico|sitemap[\w-]*\.xml|\.well-known|health(?:z|check)?|ping|status|version|login|signin|sign-in|register|signup|sign-up|forgot|reset-password|logout|terms|privacy|about|openapi(?:\.json|\.yaml)?|swagger|docs?)(?:\/|$)/i;
const PRIVATE_PATH =
  /\/(?:me|my|self|account|accounts|profile|profiles|user|users|customers?|members?|admin|internal|orders?|invoices?|payments?|billing|cards?|addresses|messages?|inbox|settings|preferences|tokens?|keys|sessions?|documents?|wallets?|transactions?)(?:[/?]|$)/i;

/** Why an answer is for everyone; undefined when nothing says so. */
export function publicSign({ row, response }: Session): string | undefined {
  const headers = response?.head.headers ?? [];
  const cache = headerValues(headers, 'cache-control').join(',').toLowerCase();
  if (ASSET.test(mimeOf(headers) ?? '')) return 'it is part of a page';
  if (/(?:^|[\s,])(?:public|s-maxage=[1-9]\d*)/.test(cache)) return 'shared caches may keep it';
  if (PUBLIC_PATH.test(row.path.split('?', 1)[0] ?? '')) return 'its path is one that everyone may ask for';
  return undefined;
}

/** Why an answer is for one person; undefined when nothing says so. */
export function privateSign({ row, response }: Session): string | undefined {
  const headers = response?.head.headers ?? [];
  const cache = headerValues(headers, 'cache-control').join(',').toLowerCase();
  if (/(?:^|[\s,])(?:private|no-store)/.test(cache)) return 'no shared cache may keep it';
  if (/(?:^|[\s,])(?:cookie|authorization)(?:$|[\s,])/i.test(headerValue(headers, 'vary') ?? '')) {
    return 'it varies with who asks';
  }
  if (PRIVATE_PATH.test(row.path.split('?', 1)[0] ?? '')) return 'its path names what belongs to someone';
  return undefined;
}
