/** What the workbench asks about rules and breakpoints: the part of the contract for them. */
import * as z from 'zod';
import { Breakpoint, BreakState, PausedItem, PausedResolution } from '../rules/paused.ts';
import { Rule, RuleSet } from '../rules/rule.ts';
import { RuleTally } from '../rules/tally.ts';
import { RuleChange } from '../rules/touch.ts';
import { SessionId } from '../session.ts';
import { call, stream } from './define.ts';

const Nothing = z.object({});

/** Lines begin with 1. */
export const RuleFileProblem = z.object({ line: z.int(), message: z.string() });

export const RulesState = z.object({
  /** Path of the file they stand in. */
  file: z.string(),
  /** Those in force. */
  rules: RuleSet,
  /** What is wrong with the file as it stands now: then those in force are older. */
  problems: z.array(RuleFileProblem),
  tallies: z.array(RuleTally),
});
export type RulesState = z.infer<typeof RulesState>;

/** `changed` of `total` sessions of the capture would have been others; of the first few, how. */
export const DryRun = z.object({
  matched: z.int(),
  changed: z.int(),
  total: z.int(),
  examples: z.array(z.object({ id: SessionId, url: z.string(), changes: z.array(RuleChange) })),
});
export type DryRun = z.infer<typeof DryRun>;

export const rulesContract = {
  /** Answers at once and again whenever the rules, their file or their counts have changed. */
  'rules.watch': stream(Nothing, RulesState),
  /** Puts all rules in the place of those there were. With problems nothing is changed; lines are those of the text that would have been written. */
  'rules.save': call(z.object({ rules: RuleSet }), z.object({ problems: z.array(RuleFileProblem) })),
  /** What the rule would have done to the sessions of the capture. */
  'rules.tryOut': call(z.object({ rule: Rule }), DryRun),
  /** A rule for each session, which answers its request with what was answered then. They are not saved. */
  'rules.fromSessions': call(
    z.object({ ids: z.array(SessionId).min(1).max(1000) }),
    z.object({ rules: z.array(Rule) }),
  ),

  /** Rules that a file of Charles, Fiddler or mitmproxy says, and what of it has no counterpart. They are not saved. */
  'rules.import': call(
    z.object({ text: z.string().max(16 * 1024 * 1024) }),
    z.object({ rules: z.array(Rule), notes: z.array(z.object({ what: z.string(), why: z.string() })) }),
  ),

  /** What is paused, now and after each change. Whoever reads this stands at the breakpoints: when nobody does, nothing is paused. */
  'breaks.watch': stream(Nothing, BreakState),
  /** In place of those set before; for this run. */
  'breaks.set': call(z.object({ breakpoints: z.array(Breakpoint).max(100) }), Nothing),
  /** One paused item with its body. */
  'breaks.get': call(z.object({ id: PausedItem.shape.id }), PausedItem),
  /** `resolved` is false when it did not wait any more. */
  'breaks.resolve': call(
    z.object({ id: PausedItem.shape.id, resolution: PausedResolution }),
    z.object({ resolved: z.boolean() }),
  ),
  'breaks.releaseAll': call(Nothing, z.object({ released: z.int() })),
} as const;
