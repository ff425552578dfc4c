/**
 * `$ref` within one document (RFC 6901 pointers). References to other files or addresses are never fetched; those that go in a circle, or
 * nowhere, are nothing. Each is reported once.
 */
import type { Losses } from '../losses.ts';
import { isFields, listOf, member } from '../requests/json-values.ts';

const LONGEST_CHAIN = 50;

export interface References {
  /** `value`, or what it refers to; undefined where that cannot be had. */
  resolve(value: unknown): unknown;
}

function at(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) ? listOf(value)[Number(name)] : member(value, name);
  }
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function createReferences(document: unknown, losses: Losses): References {
  const told = new Set<string>();
  const tell = (what: string, reference: string) => {
    if (told.has(reference) || told.size > 1000) return;
    told.add(reference);
    losses.add(what, reference.slice(0, 200));
  };
  return {
    resolve(value) {
      let current = value;
      for (let i = 0; i < LONGEST_CHAIN; i += 1) {
        const reference = member(current, '$ref');
        if (!isFields(current) || typeof reference !== 'string') return current;
        if (!reference.startsWith('#')) {
          tell('reference to another file', reference);
          return undefined;
        }
        current = at(document, reference.slice(1));
        if (current === undefined) tell('reference to nothing', reference);
      }
      tell('reference in a circle', String(member(value, '$ref')));
      return undefined;
    },
  };
}
