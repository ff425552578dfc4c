/**
 * What travels over the one WebSocket between workbench and host, each frame one MessagePack value in a binary message.
 *
 * A stream flows by credit: the client grants a number of items when it opens one and one more for each item it has dealt with; the
 * host sends no item without credit, so a slow window never makes the host's memory grow.
 */
import * as z from 'zod';

const id = z.int().nonnegative();

export const ClientFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id, method: z.string(), params: z.unknown() }),
  z.object({
    t: z.literal('open'),
    id,
    method: z.string(),
    params: z.unknown(),
    credit: z.int().min(1).max(64),
  }),
  z.object({ t: z.literal('credit'), id, credit: z.int().min(1).max(64) }),
  z.object({ t: z.literal('close'), id }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ServerFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('result'), id, value: z.unknown() }),
  z.object({ t: z.literal('item'), id, value: z.unknown() }),
  /** The stream ended by itself. */
  z.object({ t: z.literal('end'), id }),
  /** The call or stream failed; `code` is an ErrorCode. */
  z.object({ t: z.literal('error'), id, code: z.string(), message: z.string() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
