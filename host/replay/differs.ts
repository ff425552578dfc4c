/** In which fields an answer differs from the one it is compared with, beyond what differs every time: times, ids, nonces, hop fields. Pure. */
import type { Fields } from '#formats/compare/call-fields.ts';
import { differencesOf } from '#formats/compare/compare-captures.ts';
import { VolatileFields } from '#formats/compare/volatile-fields.ts';

/** More are not named. */
const MOST_NAMED = 20;

/** `same`: values that count as equal though they are not. */
export function differingFields(
  recorded: Fields,
  answer: Fields,
  same: (recorded: string, answer: string) => boolean = () => false,
): string[] {
  const volatile = new VolatileFields();
  const names: string[] = [];
  for (const { field, a, b } of differencesOf(recorded, answer)) {
    if (names.length >= MOST_NAMED) break;
    if (a !== undefined && b !== undefined && same(a, b)) continue;
    if (volatile.reason(field, a, b) === undefined) names.push(field);
  }
  return names;
}
