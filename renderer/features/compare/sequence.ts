/**
 * Two selections compared as sequences: calls are matched by endpoint and order, each pair by its fields. Reads a few calls at a time; what
 * was taken apart is kept while it may be needed again. Tells of every call as soon as it is compared.
 */
import { type CallKey, callKey, type Fields } from '#formats/compare/call-fields.ts';
import { type CallDifference, type CaptureSide, compareCaptures } from '#formats/compare/compare-captures.ts';
import { SluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { readSession } from '../../rpc/sessions.ts';
import type { Comparer } from './comparer.ts';
import { readCall } from './read-call.ts';
import { compareText } from './text.ts';

/** A side may hold this many sessions. */
export const MOST_CALLS = 1000;
const AT_ONCE = 8;
/** Calls whose fields are kept: repeats of one endpoint are read to learn from and compared soon after. */
const KEPT = 64;

export interface SequenceOptions {
  readonly ignore: readonly string[];
  readonly strict: boolean;
  readonly signal: AbortSignal;
}

type Rpc = Pick<RpcClient, 'call' | 'watch'>;

async function keysOf(rpc: Rpc, ids: readonly SessionId[], signal: AbortSignal): Promise<CallKey[]> {
  const keys: CallKey[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    signal.throwIfAborted();
    const rows = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => readSession(rpc, id)));
    for (const { row } of rows) keys.push(callKey(row));
  }
  return keys;
}

async function side(
  rpc: Rpc,
  ids: readonly SessionId[],
  comparer: Pick<Comparer, 'fields'>,
  signal: AbortSignal,
): Promise<CaptureSide> {
  const kept = new Map<SessionId, Fields>();
  return {
    calls: await keysOf(rpc, ids, signal),
    async fields(id) {
      signal.throwIfAborted();
      const known = kept.get(id);
      if (known) return known;
      try {
        const fields = await comparer.fields(await readCall(rpc, id, signal));
        kept.set(id, fields);
        const [oldest] = kept.keys();
        if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
        return fields;
      } catch (error) {
        // Removed in the meantime: there is nothing to say of it.
        if (error instanceof SluiceError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
  };
}

/** @throws SluiceError `too-large` for more sessions than are compared, `not-found` when one is gone before the beginning */
export async function* compareSequences(
  rpc: Rpc,
  a: readonly SessionId[],
  b: readonly SessionId[],
  comparer: Pick<Comparer, 'fields'>,
  { ignore, strict, signal }: SequenceOptions,
): AsyncGenerator<CallDifference> {
  if (Math.max(a.length, b.length) > MOST_CALLS)
    throw new SluiceError('too-large', compareText.tooMany(MOST_CALLS));
  const left = await side(rpc, a, comparer, signal);
  const right = await side(rpc, b, comparer, signal);
  yield* compareCaptures(left, right, { ignore, strict });
}
