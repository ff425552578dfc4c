/** What is different between a message before and after an action, part by part, for the session's record. */

import type { HeaderPair } from '#model/headers.ts';
import { cutText, type RuleChange } from '#model/rules/touch.ts';
import { textOf } from './body-text.ts';
import type { MessageDraft } from './drafts.ts';

/** Names in the order they first come, with all values of each. */
function grouped(headers: readonly HeaderPair[]): Map<string, { name: string; values: string[] }> {
  const groups = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const group = groups.get(key);
    if (group) group.values.push(value);
    else groups.set(key, { name, values: [value] });
  }
  return groups;
}

const change = (part: string, before: string | undefined, after: string | undefined): RuleChange => ({
  part,
  ...(before === undefined ? {} : { before: cutText(before) }),
  ...(after === undefined ? {} : { after: cutText(after) }),
});

function headerChanges(
  side: string,
  before: readonly HeaderPair[],
  after: readonly HeaderPair[],
): RuleChange[] {
  const old = grouped(before);
  const now = grouped(after);
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].flatMap((key) => {
    const was = old.get(key)?.values.join('\n');
    const is = now.get(key)?.values.join('\n');
    const name = now.get(key)?.name ?? old.get(key)?.name ?? key;
    return was === is ? [] : [change(`${side} header ${name}`, was, is)];
  });
}

const lineOf = (draft: MessageDraft): [part: string, text: string][] =>
  draft.side === 'request'
    ? [
        ['request method', draft.method],
        ['request URL', draft.target.url],
      ]
    : [['response status', `${draft.status}${draft.reason === '' ? '' : ` ${draft.reason}`}`]];

/** Empty when nothing is different. Contents that are not text are told by their size. */
export function changesBetween(before: MessageDraft, after: MessageDraft): RuleChange[] {
  const changes: RuleChange[] = [];
  const now = new Map(lineOf(after));
  for (const [part, text] of lineOf(before)) {
    const is = now.get(part);
    if (is !== text) changes.push(change(part, text, is));
  }
  changes.push(...headerChanges(after.side, before.headers, after.headers));
  if (before.content !== after.content && after.contentChanged) {
    changes.push(
      change(
        `${after.side} body`,
        before.content && shown(before.content),
        after.content && shown(after.content),
      ),
    );
  }
  return changes;
}

const shown = (content: Buffer) => textOf(content)?.text ?? `${content.length} bytes`;
