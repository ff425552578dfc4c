/** What pasting into the filter makes of it where the text pasted is written as for mitmproxy: it is translated. Pure. */
import { isMitmproxy, translateMitmproxy } from '#model/filter/mitmproxy.ts';
import type { Edit } from './completion-keys.ts';

/** The new text and cursor; undefined when pasting goes its usual way. */
export function pasted(
  text: string,
  start: number | null,
  end: number | null,
  clipboard: string,
): Edit | undefined {
  const filter = clipboard.trim();
  if (!isMitmproxy(filter)) return undefined;
  const translated = translateMitmproxy(filter);
  if (!translated.ok) return undefined;
  const before = text.slice(0, start ?? text.length) + translated.text;
  return { text: before + text.slice(end ?? text.length), cursor: before.length };
}
