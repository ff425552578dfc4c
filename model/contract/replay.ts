/** What the workbench asks about replays: the part of the contract for them. */
import * as z from 'zod';
import { ReplayPlan, ReplayProgress } from '../replay/plan.ts';
import { Variable } from '../replay/scenario.ts';
import { SessionId } from '../session.ts';
import { call, stream } from './define.ts';

const Nothing = z.object({});

export const replayContract = {
  /** Looks at all of the plan, then begins. */
  'replay.start': call(ReplayPlan, z.object({ id: z.string(), total: z.int() })),
  /** At once and again as it goes on, until it has ended. The first item has all rows that there are, later ones those that have come since. */
  'replay.watch': stream(z.object({ id: z.string() }), ReplayProgress),
  /** What later of these sessions use of the answers of earlier ones. */
  'replay.variables': call(
    z.object({ ids: z.array(SessionId).min(1) }),
    z.object({ variables: z.array(Variable) }),
  ),
  'replay.cancel': call(z.object({ id: z.string() }), Nothing),
} as const;
