/**
 * The `_sluice` object of a HAR entry: what HAR 1.2 cannot express, so that capture → HAR → capture is equal. It holds only that: what
 * a standard field can say stands there alone, so that whoever edits or cleans a HAR by hand edits all of it.
 */
import * as z from 'zod';
import { HeaderPair } from '#model/headers.ts';
import {
  ExchangeFacts,
  type RequestHead,
  type RequestPart,
  ResponseHead,
  type ResponsePart,
  SessionFailure,
  SessionRow,
  Timings,
} from '#model/session.ts';
import { cleanHead, cleanPairs, octets } from './clean.ts';
import { HeadFields, headFields, SentFields, sentFields, sentHead, withOctets } from './head-fields.ts';

export const SLUICE_FIELD_VERSION = 1;

export const Side = HeadFields.extend({
  /** Whether the body ended as its framing said; absent: it did. */
  complete: z.boolean().optional(),
  trailers: z.array(HeaderPair).optional(),
  chunkExtensions: z.array(z.string()).optional(),
  /** The head as it was sent on, where that is another than the one received. */
  sent: SentFields.optional(),
  /** The captured bytes in base64, where the standard field's text is not exactly them (content codings, charsets, binary requests). */
  body: z.string().optional(),
});

export type Side = z.infer<typeof Side>;

export const SluiceField = z.object({
  version: z.literal(SLUICE_FIELD_VERSION),
  /** The row's fields that the rest of the entry does not imply; null: the field is absent. */
  row: z.record(z.string(), z.unknown()),
  /** The URL as captured, where HAR wants another spelling. */
  url: z.string().optional(),
  /** The request target, where it is not the URL's path. */
  target: z.string().optional(),
  timings: Timings,
  facts: ExchangeFacts,
  informational: z.array(ResponseHead).optional(),
  failure: SessionFailure.optional(),
  request: Side,
  /** Absent: no response came. */
  response: Side.optional(),
});
export type SluiceField = z.infer<typeof SluiceField>;

/** What of a part stands in no standard field, its body aside. */
export function sideOf(part: RequestPart | ResponsePart): Side {
  return {
    ...headFields(part.head),
    ...(part.sent === undefined ? {} : { sent: sentFields(part.head, part.sent) }),
    ...(part.body.complete ? {} : { complete: false }),
    ...(part.trailers.length === 0 ? {} : { trailers: part.trailers }),
    ...(part.chunkExtensions === undefined ? {} : { chunkExtensions: part.chunkExtensions }),
  };
}

/** A part, its body aside, from the head that the standard fields tell and the rest. */
export function partOf<H extends RequestHead | ResponseHead>(head: H, side: Side = {}) {
  const { sent, chunkExtensions } = side;
  return {
    head: withOctets(head, side),
    trailers: cleanPairs(side.trailers),
    ...(sent === undefined ? {} : { sent: withOctets(cleanHead(sentHead(head, sent)), sent) }),
    ...(chunkExtensions === undefined ? {} : { chunkExtensions: chunkExtensions.map(octets) }),
  };
}

/** Fields of `row` that differ from what is implied; null for those that are absent. */
export function rowDifference(row: SessionRow, implied: SessionRow): Record<string, unknown> {
  const actual = new Map(Object.entries(row));
  const derived = new Map(Object.entries(implied));
  return Object.fromEntries(
    [...new Set([...actual.keys(), ...derived.keys()])]
      .filter((key) => actual.get(key) !== derived.get(key))
      .map((key) => [key, actual.get(key) ?? null]),
  );
}

/** The row with the fields that `rowDifference` gave; a sentence without subject instead, when that is no row. */
export function rowOf(
  implied: SessionRow,
  difference: Readonly<Record<string, unknown>>,
): SessionRow | string {
  // But for comments, rows hold byte strings that requests may be made of again.
  const clean = (key: string, value: unknown) =>
    typeof value === 'string' && key !== 'comment' ? octets(value) : value;
  const own = Object.entries(difference).map(([key, value]) => [key, clean(key, value)] as const);
  const merged = new Map<string, unknown>([...Object.entries(implied), ...own]);
  for (const [key, value] of own) if (value === null) merged.delete(key);
  const row = SessionRow.safeParse(Object.fromEntries(merged));
  if (row.success) return row.data;
  const [issue] = row.error.issues;
  return `its ${issue?.path.join('.') ?? 'row'} is not usable: ${issue?.message}`;
}
