/**
 * What implements the contract: one function for each name, grouped by what stands before the dot. `Handlers` has every name of the
 * contract as a required property, so a handler that is missing does not compile.
 */
import type { CallName, Item, MethodName, Params, Result, StreamName } from '#model/contract/contract.ts';

export type CallHandler<K extends CallName> = (params: Params<K>) => Promise<Result<K>>;

/**
 * Yields items for as long as `signal` is not aborted. It is asked for the next item only when the window has dealt with earlier ones, so
 * each item should be made then, from the state of that moment.
 */
export type StreamHandler<K extends StreamName> = (
  params: Params<K>,
  signal: AbortSignal,
) => AsyncIterable<Item<K>>;

export type Handlers = {
  readonly [K in MethodName]: K extends CallName
    ? CallHandler<K>
    : K extends StreamName
      ? StreamHandler<K>
      : never;
};

/** The handlers whose names begin with `P.`. */
export type HandlerGroup<P extends string> = Pick<Handlers, Extract<MethodName, `${P}.${string}`>>;
