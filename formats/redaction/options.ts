/** What a user may say about redaction. Pure: the workbench, the command line and the worker share it. */
import * as z from 'zod';

export const MAX_PATTERNS = 50;

export const RedactionOptions = z.object({
  /** Patterns of the user's own (RE2): the first group, or the whole match, is a secret. */
  patterns: z.array(z.string().min(1).max(1000)).max(MAX_PATTERNS).optional(),
  /** Ids of secrets, as a summary lists them, that are left as they are. */
  keep: z.array(z.string().max(64)).max(10_000).optional(),
});
export type RedactionOptions = z.infer<typeof RedactionOptions>;
