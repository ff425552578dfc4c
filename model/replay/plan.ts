/**
 * What is to be sent again, how often, how fast, and what changes in it: the words that the command line, the workbench and the host share. A
 * plan always has an end, and only hosts that the user has declared as scope get more than ten requests a second.
 */
import * as z from 'zod';
import { HeaderPair } from '../headers.ts';
import { SessionId } from '../session.ts';

/** Requests of one replay. */
export const MOST_REQUESTS = 10_000;
/** A second, to a host outside of any scope. */
export const FREE_RATE = 10;
export const MOST_RATE = 1000;
/** Requests under way at once, and in one race. */
export const MOST_PARALLEL = 100;
const DAY_MS = 86_400_000;

/** Changes to every request. */
export const RequestChange = z.object({
  method: z.string().min(1).optional(),
  url: z.string().min(1).optional(),
  /** `scheme://host:port` in place of the recorded one; paths stay. */
  origin: z.string().min(1).optional(),
  /** Replace those of their names, or come last. */
  headers: z.array(HeaderPair).max(200).optional(),
  body: z.instanceof(Uint8Array<ArrayBuffer>).optional(),
  /** Parts by name (request-part.ts) with their new values. */
  parts: z
    .array(z.object({ part: z.string().min(1), value: z.string() }))
    .max(100)
    .optional(),
  /** Without If-* fields, so that no answer is a 304. */
  unconditional: z.boolean().optional(),
});
export type RequestChange = z.infer<typeof RequestChange>;

/** A part that gets one value after the other. */
export const Variation = z.object({
  part: z.string().min(1),
  values: z.array(z.string().max(100_000)).min(1).max(MOST_REQUESTS),
});
export type Variation = z.infer<typeof Variation>;

/** What is taken out of each answer: the first value at a JSON path, or the first match of a pattern (its first group where it has one). */
export const Extraction = z.union([
  z.object({ json: z.string().min(1) }),
  z.object({ pattern: z.string().min(1).max(1000) }),
]);
export type Extraction = z.infer<typeof Extraction>;

/** Ends the replay after the answer to which one of them applies. */
export const StopRules = z.object({
  /** Statuses or classes: "429", "5xx". */
  statuses: z.array(z.string().regex(/^[1-5](?:\d\d|xx)$/i)).optional(),
  /** No answer came. */
  failure: z.boolean().optional(),
  /** Another status than the recorded one. */
  otherStatus: z.boolean().optional(),
  /** The extracted value, or the body's beginning where nothing is extracted, has this pattern in it. */
  pattern: z.string().min(1).max(1000).optional(),
  afterMs: z.int().positive().max(DAY_MS).optional(),
});
export type StopRules = z.infer<typeof StopRules>;

/**
 * `rate`: what is sent begins no oftener than so many times a second. `rampMs`: the time in which the rate grows to that, from a tenth of it.
 * `original`: at the intervals at which it was recorded, divided by `speed`. `together`: all of it at one moment, last octets in one go.
 */
export const Pace = z.union([
  z.object({
    kind: z.literal('paced'),
    rate: z.number().min(0.01).max(MOST_RATE),
    parallel: z.int().min(1).max(MOST_PARALLEL),
    delayMs: z.int().min(0).max(3_600_000),
    rampMs: z.int().min(0).max(3_600_000),
  }),
  z.object({ kind: z.literal('original'), speed: z.number().min(0.01).max(1000) }),
  z.object({ kind: z.literal('together') }),
]);
export type Pace = z.infer<typeof Pace>;

export const ReplayPlan = z.object({
  ids: z.array(SessionId).min(1).max(MOST_REQUESTS),
  /** How often all of it is sent. */
  count: z.int().min(1).max(MOST_REQUESTS),
  change: RequestChange,
  variations: z.array(Variation).max(10),
  /** Every value with every other, or the first with the first. */
  combine: z.enum(['product', 'zip']),
  pace: Pace,
  extract: Extraction.optional(),
  /** One after the other, each with what earlier answers gave (scenario.ts), but for variables of these names. */
  scenario: z.object({ without: z.array(z.string()).max(1000) }).optional(),
  stop: StopRules,
  /** Hosts that may get more than ten requests a second: "api.acme.test", "127.0.0.1:8080", "*.acme.test". */
  scope: z.array(z.string()).max(100),
});
export type ReplayPlan = z.infer<typeof ReplayPlan>;

export const PACED: Extract<Pace, { kind: 'paced' }> = {
  kind: 'paced',
  rate: FREE_RATE,
  parallel: 1,
  delayMs: 0,
  rampMs: 0,
};

/** Once, as it was. */
export const plainReplay = (ids: readonly SessionId[]): ReplayPlan => ({
  ids: [...ids],
  count: 1,
  change: {},
  variations: [],
  combine: 'product',
  pace: PACED,
  stop: {},
  scope: [],
});

/** One answer. Times in ms, sizes in bytes of the body as it was sent. */
export const ReplayRow = z.object({
  /** From 1, in the order in which requests were begun. */
  index: z.int(),
  parentId: SessionId,
  /** Absent: it could not be sent. */
  id: SessionId.optional(),
  /** What was put into the parts that vary, in their order. */
  values: z.array(z.string()),
  /** Since the replay began. */
  atMs: z.number(),
  status: z.int().optional(),
  /** Why there is no answer: a code of the session's failure or of the error, in words. */
  failure: z.string().optional(),
  size: z.int(),
  durationMs: z.number().optional(),
  /** Against the recorded answer. */
  sizeChange: z.int().optional(),
  durationChange: z.number().optional(),
  /** Fields that differ from the recorded answer in something that matters, by name; "status" first. */
  differs: z.array(z.string()),
  extracted: z.string().optional(),
  /** Of a scenario: variables that the answer gave, and that it should have given. */
  taken: z.array(z.string()).optional(),
  missing: z.array(z.string()).optional(),
});
export type ReplayRow = z.infer<typeof ReplayRow>;

/** `stopped`: a stop rule applied. The last four are final. */
export const ReplayProgress = z.object({
  state: z.enum(['running', 'done', 'stopped', 'cancelled', 'failed']),
  total: z.int(),
  begun: z.int(),
  /** Those that came since the item before; all of them in the first. */
  rows: z.array(ReplayRow),
  /** Why it was stopped or failed. */
  reason: z.string().optional(),
});
export type ReplayProgress = z.infer<typeof ReplayProgress>;
