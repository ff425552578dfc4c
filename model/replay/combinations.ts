/** Which values go together in which request: every value with every other, or the first with the first. Pure, one at a time. */
import { SluiceError } from '../errors.ts';
import { MOST_REQUESTS, type ReplayPlan, type Variation } from './plan.ts';

type Combining = Pick<ReplayPlan, 'variations' | 'combine'>;

const lengths = (variations: readonly Variation[]) => variations.map(({ values }) => values.length);

/** How many requests they make of one; 1 where nothing varies. */
export function combinationCount({ variations, combine }: Combining): number {
  if (variations.length === 0) return 1;
  if (combine === 'zip') return Math.min(...lengths(variations));
  return lengths(variations).reduce((product, length) => product * length, 1);
}

/** The values of each request, in the order of the variations; the last one changes fastest. */
export function* combinations({ variations, combine }: Combining): Generator<string[]> {
  const count = combinationCount({ variations, combine });
  for (let i = 0; i < count; i++) {
    let left = i;
    const values = variations.toReversed().map(({ values: all }) => {
      const at = combine === 'zip' ? i : left % all.length;
      left = Math.floor(left / all.length);
      return all[at] ?? '';
    });
    yield values.reverse();
  }
}

/** Requests of the whole plan. @throws SluiceError `too-large` when they are more than a replay may send */
export function requestCount(plan: Pick<ReplayPlan, 'ids' | 'count'> & Combining): number {
  const total = plan.ids.length * plan.count * combinationCount(plan);
  if (total <= MOST_REQUESTS) return total;
  throw new SluiceError(
    'too-large',
    `This would be ${total} requests, and a replay sends at most ${MOST_REQUESTS}: choose fewer values or sessions.`,
  );
}
