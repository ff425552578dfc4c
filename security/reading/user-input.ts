/** What the client sent by name in a query or form, where it is long and odd enough that finding it again in the answer is no chance. */
import type { CheckInput } from '../check.ts';
import { parameters } from './parameters.ts';

export interface UserInput {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
}

/** Words of so many pages that their return says nothing. */
const COMMON =
  /^(?:true|false|null|none|undefined|yes|no|on|off|all|any|asc|desc|default|text|html|json|xml|csv|en|de|fr|es|get|post|submit|search|login|button|hidden|checkbox|radio|email|password|username|utf-?8|name|title|id|main|home|index|new|edit|view|list|\d{1,3})$/i;

const cache = new WeakMap<CheckInput, readonly UserInput[]>();
const MAX = 200;

/** At most 200, each value once. */
export function userInput(input: CheckInput): readonly UserInput[] {
  let found = cache.get(input);
  if (found === undefined) {
    const seen = new Map<string, UserInput>();
    for (const { side, place, name, value } of parameters(input)) {
      if (side !== 'request' || (place !== 'query' && place !== 'form')) continue;
      if (value.length < 4 || value.length > 2000 || COMMON.test(value) || seen.has(value)) continue;
      seen.set(value, { name, value });
      if (seen.size >= MAX) break;
    }
    found = [...seen.values()];
    cache.set(input, found);
  }
  return found;
}
