/** How often a rule has matched in this run. */
import * as z from 'zod';

export const RuleTally = z.object({
  rule: z.string(),
  matches: z.int(),
  /** ms since the epoch; 0 before the first. */
  last: z.number(),
  /** Actions that could not be done. */
  failures: z.int(),
});
export type RuleTally = z.infer<typeof RuleTally>;
