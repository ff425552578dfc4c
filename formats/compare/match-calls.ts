/**
 * Which call of one capture is which of another: the same endpoint, and within it the same target in the order of their occurrence; what
 * is left on both sides is matched in order, because ids in paths are others every time. Linear in the number of calls. Pure.
 */
import type { CallKey } from './call-fields.ts';

export interface Match {
  readonly endpoint: string;
  readonly pairs: readonly (readonly [a: CallKey, b: CallKey])[];
  /** Only in the first. */
  readonly missing: readonly CallKey[];
  /** Only in the second. */
  readonly added: readonly CallKey[];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function matchOne(endpoint: string, a: readonly CallKey[], b: readonly CallKey[]): Match {
  const byTarget = grouped(b, ({ target }) => target);
  const taken = new Map<string, number>();
  const partner = new Map<CallKey, CallKey>();
  for (const call of a) {
    const at = taken.get(call.target) ?? 0;
    const same = byTarget.get(call.target)?.[at];
    if (same === undefined) continue;
    taken.set(call.target, at + 1);
    partner.set(call, same);
  }
  const matched = new Set(partner.values());
  const restA = a.filter((call) => !partner.has(call));
  const restB = b.filter((call) => !matched.has(call));
  restA.forEach((call, i) => {
    const other = restB[i];
    if (other !== undefined) partner.set(call, other);
  });
  return {
    endpoint,
    pairs: a.flatMap((call) => {
      const other = partner.get(call);
      return other === undefined ? [] : [[call, other] as const];
    }),
    missing: restA.slice(restB.length),
    added: restB.slice(restA.length),
  };
}

/** Every endpoint of either side in the order in which they first occur, the first side's first. */
export function* matchCalls(a: readonly CallKey[], b: readonly CallKey[]): Generator<Match> {
  const left = grouped(a, ({ endpoint }) => endpoint);
  const right = grouped(b, ({ endpoint }) => endpoint);
  for (const endpoint of new Set([...left.keys(), ...right.keys()])) {
    yield matchOne(endpoint, left.get(endpoint) ?? [], right.get(endpoint) ?? []);
  }
}
