/** What stands at a breakpoint and waits for somebody to say how it goes on; and what can be said. */
import * as z from 'zod';
import { HeaderPair } from '../headers.ts';
import { FieldName, FieldValue, HttpUrl, isToken } from './parts.ts';

const Bytes = z.instanceof(Uint8Array<ArrayBuffer>);

/** `content` is the body after content decoding; absent where there is none, or too much of it to hold. */
export const PausedItem = z.object({
  id: z.int().positive(),
  at: z.enum(['request', 'response', 'message']),
  /** 0 where the session is not recorded. */
  session: z.int().nonnegative(),
  rule: z.string(),
  /** ms since the epoch: when it came, and when it goes on by itself. */
  since: z.number(),
  until: z.number(),
  method: z.string(),
  url: z.string(),
  status: z.int().optional(),
  reason: z.string().optional(),
  headers: z.array(HeaderPair),
  content: Bytes.optional(),
  /** Of a message. */
  direction: z.enum(['sent', 'received']).optional(),
  /** Of a message: it is text. */
  text: z.boolean().optional(),
});
export type PausedItem = z.infer<typeof PausedItem>;

const EditedHeaders = z.array(z.tuple([FieldName, FieldValue])).max(1000);

/** `go` with parts that are to be others; those not given stay. Of a message only `content` counts. */
export const PausedResolution = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('go'),
    method: z
      .string()
      .refine((text) => isToken(text) && text !== 'CONNECT', 'This is not a method.')
      .optional(),
    url: HttpUrl.optional(),
    status: z.int().min(200).max(599).optional(),
    reason: FieldValue.optional(),
    headers: EditedHeaders.optional(),
    content: Bytes.optional(),
  }),
  z.object({
    kind: z.literal('answer'),
    status: z.int().min(200).max(599),
    headers: EditedHeaders.optional(),
    content: Bytes.optional(),
  }),
  z.object({ kind: z.literal('drop') }),
]);
export type PausedResolution = z.infer<typeof PausedResolution>;

/** Breakpoints that are set by hand, for this run: requests that pass `filter` are paused there. */
export const Breakpoint = z.object({
  filter: z.string(),
  at: z.enum(['request', 'response', 'both', 'messages']),
});
export type Breakpoint = z.infer<typeof Breakpoint>;

export const BreakState = z.object({
  breakpoints: z.array(Breakpoint),
  paused: z.array(PausedItem.omit({ content: true })),
});
export type BreakState = z.infer<typeof BreakState>;

export const PausedId = z.object({ id: PausedItem.shape.id });
