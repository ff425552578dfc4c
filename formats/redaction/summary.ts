/** What is told of a redaction: how many secrets of each kind, samples of them, and what could not be read. Pure: the workbench shows it. */
import * as z from 'zod';
import { BodySide, SessionId } from '#model/session.ts';

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

/** A body that could not be read whole, so that what could not be looked at does not leave. */
export const UnreadBody = z.object({ session: SessionId, side: BodySide, reason: z.string() });
export type UnreadBody = z.infer<typeof UnreadBody>;

export const RedactionSummary = z.object({
  /** Sessions looked at, and of them how many hold something that is masked. */
  sessions: z.int(),
  masked: z.int(),
  kinds: z.array(KindCount),
  /** At most 500; `kinds` counts them all. */
  secrets: z.array(MaskedSecret),
  unread: z.array(UnreadBody),
  /** How many bodies were left out in all; `unread` lists the first. */
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

/** The preview for a terminal, a line each. */
export function* summaryText(summary: RedactionSummary): Generator<string> {
  yield summaryLine(summary) ?? 'No secrets were found.';
  for (const { kind, sample, placeholder, count, sessions, firstSession, places, id } of summary.secrets) {
    const becomes = placeholder ?? 'kept as it is';
    const where =
      sessions === 1 ? `session ${firstSession}` : `${plural(sessions, 'session')}, first ${firstSession}`;
    yield `  ${id}  ${kind}  ${sample}  ${becomes}  ${count}×  ${where}: ${places.join(', ')}`;
  }
  const total = summary.kinds.reduce((sum, { secrets }) => sum + secrets, 0);
  const listed = summary.secrets.filter(({ kept }) => !kept).length;
  if (total > listed) yield `  … and ${total - listed} more`;
  for (const { session, side, reason } of summary.unread)
    yield `  left out: ${side} body of session ${session}: ${reason}`;
  if (summary.unreadTotal > summary.unread.length) {
    yield `  … and ${summary.unreadTotal - summary.unread.length} more bodies left out`;
  }
}
