/**
 * The `_sluice` object of a HAR entry: what HAR 1.2 cannot express, so that capture → HAR → capture is equal. It holds only that: what
 * a standard field can say stands there alone, so that whoever edits or cleans a HAR by hand edits all of it.
 */
import * as z from 'zod';
import { HeaderPair } from '#model/headers.ts';
import { ExchangeFacts, ResponseHead, SessionFailure, Timings } from '#model/session.ts';
import { HeadFields, SentFields } from './head-fields.ts';

export const SLUICE_FIELD_VERSION = 1;

const Side = HeadFields.extend({
  /** Whether the body ended as its framing said; absent: it did. */
  complete: z.boolean().optional(),
  trailers: z.array(HeaderPair).optional(),
  chunkExtensions: z.array(z.string()).optional(),
  /** The head as it was sent on, where that is another than the one received. */
  sent: SentFields.optional(),
  /** The captured bytes in base64, where the standard field's text is not exactly them (content codings, charsets, binary requests). */
  body: z.string().optional(),
});

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
