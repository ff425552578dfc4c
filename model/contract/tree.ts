/** What the workbench asks about all sessions at once: the tree of hosts and paths, and requests over time. Part of contract.ts. */
import * as z from 'zod';
import { Severity } from '../session.ts';
import { stream } from './define.ts';

/**
 * A place in the tree. `host` with its port unless that is 80 or 443; `path` by segments as templates have them (["orders", "{id}"]), none for
 * the host itself.
 */
export const BranchRef = z.object({ host: z.string().max(300), path: z.array(z.string().max(200)).max(50) });
export type BranchRef = z.infer<typeof BranchRef>;

export const Branch = z.object({
  /** The host, or the segment; "" where a path ends with a slash. */
  name: z.string(),
  sessions: z.int(),
  /** Failed, or answered with 400 or above. */
  errors: z.int(),
  findings: z.int(),
  /** Highest of its findings. */
  severity: Severity.optional(),
  /** There are branches below it. */
  inner: z.boolean(),
});
export type Branch = z.infer<typeof Branch>;

export const BranchLevel = z.object({
  /** Whose branches these are; absent: the hosts. */
  of: BranchRef.optional(),
  /** Those with most sessions first. */
  branches: z.array(Branch),
  /** Sessions of branches that are not told because there are too many. */
  more: z.int(),
});
export type BranchLevel = z.infer<typeof BranchLevel>;

export const SessionTree = z.object({
  levels: z.array(BranchLevel),
  /** Sessions that pass each filter of the question. */
  counts: z.array(z.int()),
  /** Not all has been counted yet: more follows. */
  counting: z.boolean().optional(),
});
export type SessionTree = z.infer<typeof SessionTree>;

/** Requests over time, in spans of `width` ms from `start` on; each list has a number for each span. */
export const Timeline = z.object({
  /** When the first and the last session of the capture began, ms since the epoch; absent while there is none. */
  extent: z.object({ first: z.number(), last: z.number() }).optional(),
  start: z.number(),
  width: z.number(),
  /** Answered below 400, and those that have no answer yet. */
  fine: z.array(z.int()),
  /** Answered with 4xx. */
  refused: z.array(z.int()),
  /** Answered with 5xx, or failed. */
  failed: z.array(z.int()),
  counting: z.boolean().optional(),
});
export type Timeline = z.infer<typeof Timeline>;

export const MOST_SPANS = 2000;
/** Places whose branches are asked for at once. */
export const MOST_OPEN = 200;

export const treeContract = {
  /** The hosts, and what is below each of `open`; at once and again when it has changed, some times a second at most. */
  'tree.watch': stream(
    z.object({ open: z.array(BranchRef).max(MOST_OPEN), counts: z.array(z.string()).max(8) }),
    SessionTree,
  ),
  /** Of the sessions that pass: of the whole capture, or those that began within [from, to). In at most `spans` spans. */
  'timeline.watch': stream(
    z.object({
      filter: z.string(),
      from: z.number().optional(),
      to: z.number().optional(),
      spans: z.int().min(1).max(MOST_SPANS),
    }),
    Timeline,
  ),
} as const;
