/** What a rule did to a session: part of the session's facts, so that nothing about it is secret. */
import * as z from 'zod';

/** `part` in words ("request header Accept", "response body"). Long texts are cut, which their last character (…) says. */
export const RuleChange = z.object({
  part: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type RuleChange = z.infer<typeof RuleChange>;

export const RuleTouch = z.object({
  rule: z.string(),
  /** The action in words. */
  action: z.string(),
  changes: z.array(RuleChange),
  /** Why the action could not be done: the message then went on as it was. */
  problem: z.string().optional(),
});
export type RuleTouch = z.infer<typeof RuleTouch>;

/** UTF-16 units kept of one text of a change. */
export const MAX_CHANGE_TEXT = 4000;

export const cutText = (text: string): string =>
  text.length > MAX_CHANGE_TEXT ? `${text.slice(0, MAX_CHANGE_TEXT - 1)}…` : text;
