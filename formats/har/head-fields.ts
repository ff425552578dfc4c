/**
 * What HAR cannot say of heads: octets that differ from what the fields imply, and heads that were sent on otherwise. Values of header
 * fields are never repeated here as long as they can be referred to: whoever cleans a HAR's headers by hand cleans these with them.
 */
import * as z from 'zod';
import { rawTellsRequest, rawTellsResponse } from '#model/head-text.ts';
import { HeaderPair, type Headers } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';

export const HeadFields = z.object({
  /** What stands in the octets before, between and after the parts of the start line, the names and the values, in turn. */
  glue: z.array(z.string()).optional(),
  /** The octets, where they are not that: of a request that was refused. */
  raw: z.string().optional(),
});
export type HeadFields = z.infer<typeof HeadFields>;

export const SentFields = HeadFields.extend({
  /** Those parts of the start line that are not as received. */
  method: z.string().optional(),
  target: z.string().optional(),
  httpVersion: z.string().optional(),
  status: z.int().optional(),
  reason: z.string().optional(),
  /** A field as it was sent; a name alone stands for the next field of that name as it was received. */
  headers: z.array(z.union([z.string(), HeaderPair])),
});
export type SentFields = z.infer<typeof SentFields>;

const isRequest = (head: RequestHead | ResponseHead): head is RequestHead => 'method' in head;

function partsOf(head: RequestHead | ResponseHead): string[] {
  const line = isRequest(head)
    ? [head.method, head.target, head.httpVersion]
    : [head.httpVersion, String(head.status), head.reason];
  return [...line, ...head.headers.flat()];
}

const octetsTell = (head: RequestHead | ResponseHead) =>
  isRequest(head) ? rawTellsRequest(head) : rawTellsResponse(head);

/** What `head.raw` adds to the head's other members; nothing without it. */
export function headFields(head: RequestHead | ResponseHead): HeadFields {
  const { raw } = head;
  if (raw === undefined) return {};
  if (!octetsTell(head)) return { raw };
  const glue: string[] = [];
  let at = 0;
  for (const part of partsOf(head)) {
    const found = raw.indexOf(part, at);
    if (found < 0) return { raw };
    glue.push(raw.slice(at, found));
    at = found + part.length;
  }
  return { glue: [...glue, raw.slice(at)] };
}

/** The head with its octets, as far as they still fit its fields: somebody may have edited those. */
export function withOctets<H extends RequestHead | ResponseHead>(head: H, { glue, raw }: HeadFields): H {
  if (raw !== undefined) return /[^\0-\xff]/.test(raw) ? head : { ...head, raw };
  const parts = partsOf(head);
  if (glue?.length !== parts.length + 1) return head;
  const joined = glue.map((piece, i) => piece + (parts[i] ?? '')).join('');
  const restored = { ...head, raw: joined };
  return octetsTell(restored) ? restored : head;
}

/** Gives the fields of a name one after the other. */
function fieldsByName(headers: Headers): {
  peek(name: string): string | undefined;
  next(name: string): void;
} {
  const taken = new Map<string, number>();
  const values = (name: string) => headers.filter(([key]) => key === name).map(([, value]) => value);
  return {
    peek: (name) => values(name)[taken.get(name) ?? 0],
    next: (name) => taken.set(name, (taken.get(name) ?? 0) + 1),
  };
}

/** How `sent` differs from `head`. */
export function sentFields<H extends RequestHead | ResponseHead>(head: H, sent: H): SentFields {
  const received = fieldsByName(head.headers);
  const { raw: _, headers: __, ...line } = sent;
  const was = new Map(Object.entries(head));
  return {
    ...Object.fromEntries(Object.entries(line).filter(([key, value]) => was.get(key) !== value)),
    headers: sent.headers.map((pair) => {
      const [name, value] = pair;
      if (received.peek(name) !== value) return pair;
      received.next(name);
      return name;
    }),
    ...headFields(sent),
  };
}

/** The head that was sent, without octets, from the one received. Fields that are no longer in that are not in this either. */
export function sentHead<H extends RequestHead | ResponseHead>(head: H, fields: SentFields): H {
  const received = fieldsByName(head.headers);
  const { raw: _, ...plain } = head;
  const { headers, glue: __, raw: ___, ...line } = fields;
  const own = Object.entries(line).filter(([key, value]) => key in plain && value !== undefined);
  const pairs = headers.flatMap((field): HeaderPair[] => {
    if (typeof field !== 'string') return [field];
    const value = received.peek(field);
    received.next(field);
    return value === undefined ? [] : [[field, value]];
  });
  return { ...plain, ...Object.fromEntries(own), headers: pairs } as H;
}
