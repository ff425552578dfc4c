/** A finding: what a passive check (or, later, a probe) says about a session, with evidence as byte ranges. */
import * as z from 'zod';
import { SessionId, Severity } from './session.ts';

/**
 * Where evidence lies. Head parts count bytes of the head as sent; body parts count bytes after content decoding; `message` counts bytes
 * of one message's `data`.
 */
export const EvidencePart = z.enum([
  'request-head',
  'request-body',
  'response-head',
  'response-body',
  'message',
]);
export type EvidencePart = z.infer<typeof EvidencePart>;

/** `start` inclusive, `end` exclusive. The value itself is never stored: it is read from the session when shown. */
export const Evidence = z.object({
  part: EvidencePart,
  /** The message's index, for that part alone. */
  message: z.int().nonnegative().optional(),
  start: z.int(),
  end: z.int(),
  note: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Confidence = z.enum(['low', 'medium', 'high']);
export type Confidence = z.infer<typeof Confidence>;

export const Finding = z.object({
  checkId: z.string(),
  sessionId: SessionId,
  severity: Severity,
  confidence: Confidence,
  title: z.string(),
  /** One sentence about this occurrence; holds no secret value. */
  detail: z.string(),
  /** METHOD scheme://host/path with ids templated ("/orders/{id}"). */
  endpoint: z.string(),
  /** Field, header or parameter concerned; part of a finding's identity. */
  parameter: z.string(),
  evidence: z.array(Evidence),
  /** When its session began, ms since the epoch; left out where the session is at hand. */
  at: z.number().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Findings with the same (check, endpoint, parameter) are one line in a list. */
export const FindingGroup = z.object({
  checkId: z.string(),
  severity: Severity,
  confidence: Confidence,
  title: z.string(),
  detail: z.string(),
  endpoint: z.string(),
  parameter: z.string(),
  count: z.int(),
  /** When the first and the last session in which it was seen began, ms since the epoch. */
  firstSeen: z.number(),
  lastSeen: z.number(),
  /** The newest sessions it was seen in, at most 20. */
  sessionIds: z.array(SessionId),
});
export type FindingGroup = z.infer<typeof FindingGroup>;

/** What a check says of itself; shown in the workbench and by `sluice check`. */
export const CheckInfo = z.object({
  id: z.string(),
  title: z.string(),
  severity: Severity,
  cwe: z.array(z.int()),
  owasp: z.array(z.string()),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
  references: z.array(z.string()),
});
export type CheckInfo = z.infer<typeof CheckInfo>;
