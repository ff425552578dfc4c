/**
 * What a user may say about the redaction of an export, and what is told of it: how many secrets of each kind, samples of them, and what
 * could not be read. No value of a secret is ever in here.
 */
import * as z from 'zod';
import { BodySide, SessionId } from './session.ts';

export const MAX_PATTERNS = 50;

export const RedactionOptions = z.object({
  /** Patterns of the user's own (RE2): the first group, or the whole match, is a secret. */
  patterns: z.array(z.string().min(1).max(1000)).max(MAX_PATTERNS).optional(),
  /** Ids of secrets, as a summary lists them, that are left as they are. */
  keep: z.array(z.string().max(64)).max(10_000).optional(),
});
export type RedactionOptions = z.infer<typeof RedactionOptions>;

/** "off" is what a user asked for; who says nothing gets a redacted export. */
export const RedactionChoice = z.union([z.literal('off'), RedactionOptions]);
export type RedactionChoice = z.infer<typeof RedactionChoice>;

/** `count`: occurrences of all its secrets. */
export const KindCount = z.object({ kind: z.string(), secrets: z.int(), count: z.int() });
export type KindCount = z.infer<typeof KindCount>;

export const MaskedSecret = z.object({
  /** For `keep`; tells nothing of the value. */
  id: z.string(),
  kind: z.string(),
  /** "eyJhb…(212)": its first characters and its length in octets. */
  sample: z.string(),
  /** Absent where it is kept. */
  placeholder: z.string().optional(),
  kept: z.boolean(),
  count: z.int(),
  /** Sessions it stands in; 1,000 means as many or more. */
  sessions: z.int(),
  firstSession: z.int(),
  /** Some of the places where it stands: "request header Authorization". */
  places: z.array(z.string()),
});
export type MaskedSecret = z.infer<typeof MaskedSecret>;

/** A body that could not be read whole: what could not be looked at does not leave. */
export const UnreadBody = z.object({ session: SessionId, side: BodySide, reason: z.string() });
export type UnreadBody = z.infer<typeof UnreadBody>;

export const RedactionSummary = z.object({
  /** Sessions looked at, and of them how many hold something that is masked. */
  sessions: z.int(),
  masked: z.int(),
  kinds: z.array(KindCount),
  /** The most frequent, at most 500; `kinds` counts them all. */
  secrets: z.array(MaskedSecret),
  /** The first of them. */
  unread: z.array(UnreadBody),
  unreadTotal: z.int(),
});
export type RedactionSummary = z.infer<typeof RedactionSummary>;

const plural = (count: number, one: string) =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** "3 secrets masked in 12 places: 1 jwt, 2 cookie"; undefined where there was nothing to mask. */
export function summaryLine({ kinds }: Pick<RedactionSummary, 'kinds'>): string | undefined {
  if (kinds.length === 0) return undefined;
  const secrets = kinds.reduce((sum, kind) => sum + kind.secrets, 0);
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  const list = kinds.map((kind) => `${kind.secrets.toLocaleString('en')} ${kind.kind}`).join(', ');
  return `${plural(secrets, 'secret')} masked in ${plural(count, 'place')}: ${list}`;
}

/** A summary for a terminal, a line each: every secret that is listed, then what was left out. */
export function* summaryText(summary: RedactionSummary): Generator<string> {
  yield summaryLine(summary) ?? 'No secrets were found.';
  for (const secret of summary.secrets) {
    const { id, kind, sample, placeholder, count, sessions, firstSession, places } = secret;
    const becomes = placeholder ?? 'kept as it is';
    const where =
      sessions === 1 ? `session ${firstSession}` : `${plural(sessions, 'session')}, first ${firstSession}`;
    yield `  ${id}  ${kind}  ${sample}  ${becomes}  ${count}×  ${where}: ${places.join(', ')}`;
  }
  const total = summary.kinds.reduce((sum, { secrets }) => sum + secrets, 0);
  const listed = summary.secrets.filter(({ kept }) => !kept).length;
  if (total > listed) yield `  … and ${total - listed} more`;
  for (const { session, side, reason } of summary.unread) {
    yield `  left out: ${side} body of session ${session}: ${reason}`;
  }
  const more = summary.unreadTotal - summary.unread.length;
  if (more > 0) yield `  … and ${more} more bodies left out`;
}
