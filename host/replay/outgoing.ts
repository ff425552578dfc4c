/** A recorded request as it is sent again, with what a plan changes in it. Pure but for reading the body, which the caller gives. */
import { SluiceError } from '#model/errors.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { RequestChange } from '#model/replay/plan.ts';
import type { Session } from '#model/session.ts';
import type { OutgoingRequest } from '#proxy-core/engine/engine.ts';
import { resendable } from '../resendable.ts';
import { type PlainRequest, type RequestPart, requestPart } from './request-part.ts';

const CONDITIONAL = /^if-(?:match|none-match|modified-since|unmodified-since|range)$/i;

/** `headers` with `changes`: a named field is replaced where it stood, its repeats go, a new one comes last. */
export function changedHeaders(headers: readonly HeaderPair[], changes: readonly HeaderPair[]): HeaderPair[] {
  const result: HeaderPair[] = [];
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const left = [...changes];
  for (const [name, value] of headers) {
    if (!changes.some(([changed]) => same(changed, name))) result.push([name, value]);
    else {
      const mine = left.filter(([changed]) => same(changed, name));
      for (const pair of mine) left.splice(left.indexOf(pair), 1);
      result.push(...mine);
    }
  }
  return [...result, ...left];
}

/** The same path at another origin. @throws SluiceError `bad-url` */
function movedTo(url: string, origin: string): string {
  const wanted = URL.parse(origin);
  if (
    wanted === null ||
    !/^https?:$/.test(wanted.protocol) ||
    wanted.pathname !== '/' ||
    wanted.search !== ''
  ) {
    throw new SluiceError(
      'bad-url',
      `"${origin}" is no origin: write it as https://host or http://host:port.`,
    );
  }
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return wanted.origin + (path < 0 ? '' : url.slice(path));
}

const hostOf = (url: string) => URL.parse(url)?.host;

export interface Changer {
  /** The body is to be given without content codings. */
  readonly decodes: boolean;
  /** `values`: those of the varied parts, in their order. @throws SluiceError what the change does not fit */
  request(
    session: Session,
    body: Uint8Array<ArrayBuffer>,
    values: readonly string[],
  ): OutgoingRequest & PlainRequest;
}

/** Makes requests by a plan's change; `edited` where others change parts of their bodies later. @throws SluiceError `usage` for names of no part. */
export function changer(change: RequestChange, varied: readonly string[], edited = false): Changer {
  const fixed = (change.parts ?? []).map(({ part, value }) => ({ part: requestPart(part), value }));
  const varying = varied.map(requestPart);
  const inBody = ({ inBody }: RequestPart) => inBody;
  const decodes =
    edited || fixed.some(({ part }) => part.inBody) || varying.some(inBody) || change.body !== undefined;
  return {
    decodes,
    request(session, body, values) {
      const { row, request } = session;
      const at = change.url ?? row.url;
      const url = change.origin === undefined ? at : movedTo(at, change.origin);
      const kept = resendable(request.head.headers, hostOf(url) !== hostOf(row.url)).filter(
        ([name]) =>
          !(change.unconditional && CONDITIONAL.test(name)) && !(decodes && /^content-encoding$/i.test(name)),
      );
      let plain: PlainRequest = {
        method: change.method ?? request.head.method,
        url,
        headers: changedHeaders(kept, change.headers ?? []),
        body: change.body ?? body,
      };
      for (const { part, value } of fixed) plain = part.set(plain, value);
      varying.forEach((part, i) => {
        plain = part.set(plain, values[i] ?? '');
      });
      const http2 = request.head.httpVersion === 'HTTP/2.0' && url.startsWith('https:');
      return {
        ...plain,
        source: 'replay',
        parentId: row.id,
        ...(http2 ? { httpVersion: 'HTTP/2.0' as const } : {}),
      };
    },
  };
}
