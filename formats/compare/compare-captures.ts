/**
 * What is different between two captures: calls that only one of them has, and calls of both whose fields differ in something that
 * matters. Reads two calls at a time and some repeats of each endpoint, however large the captures are. Pure: whoever compares says how
 * calls are read.
 */
import type { CallKey, Fields } from './call-fields.ts';
import { matchCalls } from './match-calls.ts';
import { VolatileFields, type VolatileReason } from './volatile-fields.ts';

export interface CaptureSide {
  /** Calls in the order in which they were made. */
  readonly calls: readonly CallKey[];
  /** The fields of a call; undefined when it is gone. */
  fields(id: number): Promise<Fields | undefined>;
}

export interface Difference {
  readonly field: string;
  /** Absent: the field is not there. */
  readonly a?: string;
  readonly b?: string;
}

export type CallDifference =
  | { readonly kind: 'missing'; readonly endpoint: string; readonly a: CallKey }
  | { readonly kind: 'added'; readonly endpoint: string; readonly b: CallKey }
  | {
      readonly kind: 'changed' | 'equal';
      readonly endpoint: string;
      readonly a: CallKey;
      readonly b: CallKey;
      /** Empty for `equal`. */
      readonly differences: readonly Difference[];
      /** Fields that differ but are volatile. */
      readonly volatile: ReadonlyMap<string, VolatileReason>;
    };

export interface CompareOptions {
  /** Fields that do not count: names as in call-fields.ts, where `*` stands for anything. */
  readonly ignore?: readonly string[];
  /** Nothing is volatile. */
  readonly strict?: boolean;
}

/** Calls of each target that are read to learn from, and targets of an endpoint. */
const REPEATS = 4;
const TARGETS = 25;

/** Whether a field is one of those that do not count. Linear: a pattern is cut at its stars. */
export function ignores(patterns: readonly string[]): (field: string) => boolean {
  const split = patterns.map((pattern) => pattern.split('*'));
  return (field) => split.some((parts) => matches(field, parts));
}

function matches(field: string, [first = '', ...rest]: readonly string[]): boolean {
  if (!field.startsWith(first)) return false;
  const last = rest.pop();
  // A name stands for all that is under it: "response.body" for "response.body.id".
  if (last === undefined) return field.length === first.length || /[.[]/.test(field[first.length] ?? '');
  let at = first.length;
  for (const part of rest) {
    const found = field.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return field.length - at >= last.length && field.endsWith(last);
}

/** Whether there were repeats to learn from. */
async function learnFrom(
  side: CaptureSide,
  calls: readonly CallKey[],
  volatile: VolatileFields,
): Promise<boolean> {
  const targets = new Map<string, number[]>();
  for (const { target, id } of calls) {
    const ids = targets.get(target);
    if (ids !== undefined && ids.length < REPEATS) ids.push(id);
    else if (ids === undefined) targets.set(target, [id]);
  }
  const repeated = [...targets.values()].filter((ids) => ids.length > 1).slice(0, TARGETS);
  for (const ids of repeated) {
    const repeats: Fields[] = [];
    for (const id of ids) {
      const fields = await side.fields(id);
      if (fields !== undefined) repeats.push(fields);
    }
    // The same address asked with another body is another request.
    for (const group of sameRequest(repeats)) volatile.learn(group);
  }
  return repeated.length > 0;
}

const requestOf = (fields: Fields) =>
  JSON.stringify(
    [...fields].filter(([field]) => field.startsWith('request.body') || field.startsWith('query.')),
  );

function sameRequest(repeats: readonly Fields[]): Fields[][] {
  const groups = new Map<string, Fields[]>();
  for (const fields of repeats) {
    const key = requestOf(fields);
    groups.set(key, [...(groups.get(key) ?? []), fields]);
  }
  return [...groups.values()];
}

/** Every call of either side, endpoint by endpoint. `onPair` is called after each comparison. */
export async function* compareCaptures(
  a: CaptureSide,
  b: CaptureSide,
  { ignore = [], strict = false }: CompareOptions = {},
  onPair: () => void = () => undefined,
): AsyncGenerator<CallDifference> {
  const ignored = ignores(ignore);
  for (const { endpoint, pairs, missing, added } of matchCalls(a.calls, b.calls)) {
    const volatile = new VolatileFields();
    if (!strict && pairs.length > 0) {
      // The first capture says what is normal; the second only where the first repeats nothing, else its faults would pass.
      const learnt = await learnFrom(a, [...pairs.map(([call]) => call), ...missing], volatile);
      if (!learnt) await learnFrom(b, [...pairs.map(([, call]) => call), ...added], volatile);
    }
    for (const [left, right] of pairs) {
      const fieldsA = await a.fields(left.id);
      const fieldsB = await b.fields(right.id);
      onPair();
      if (fieldsA === undefined || fieldsB === undefined) continue;
      const differences: Difference[] = [];
      const passed = new Map<string, VolatileReason>();
      for (const difference of differencesOf(fieldsA, fieldsB)) {
        const { field } = difference;
        if (ignored(field)) continue;
        const reason = strict ? undefined : volatile.reason(field, difference.a, difference.b);
        if (reason === undefined) differences.push(difference);
        else passed.set(field, reason);
      }
      const kind = differences.length > 0 ? 'changed' : 'equal';
      yield { kind, endpoint, a: left, b: right, differences, volatile: passed };
    }
    for (const call of missing) yield { kind: 'missing', endpoint, a: call };
    for (const call of added) yield { kind: 'added', endpoint, b: call };
  }
}

/** Fields that are not the same on both sides, the first side's order first. */
export function* differencesOf(a: Fields, b: Fields): Generator<Difference> {
  for (const [field, value] of a) {
    const other = b.get(field);
    if (other === undefined) yield { field, a: value };
    else if (other !== value) yield { field, a: value, b: other };
  }
  for (const [field, value] of b) if (!a.has(field)) yield { field, b: value };
}
