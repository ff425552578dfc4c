/** The shape of the RPC contract: a call has one answer, a stream has many items until either side ends it. */
import type * as z from 'zod';

export interface Call<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly params: P;
  readonly result: R;
}

export interface Stream<P extends z.ZodType = z.ZodType, I extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly params: P;
  readonly item: I;
}

export function call<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<P, R> {
  return { kind: 'call', params, result };
}

export function stream<P extends z.ZodType, I extends z.ZodType>(params: P, item: I): Stream<P, I> {
  return { kind: 'stream', params, item };
}
