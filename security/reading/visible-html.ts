/** What people see of an HTML page, for checks of free text: markup, scripts and styles become blanks, so that offsets stay. One pass. */

const HIDDEN = ['script', 'style', 'svg', 'template'];

/** The last page read: checks ask for the same one after each other. */
let last: { readonly html: string; readonly visible: string } | undefined;

/** `html` with everything but its text blanked. A tag or script that never ends hides the rest. */
export function visibleHtml(html: string): string {
  if (last?.html !== html) last = { html, visible: read(html) };
  return last.visible;
}

function read(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    parts.push(html.slice(at, open));
    at = endOfHidden(html, open);
    parts.push(' '.repeat(at - open));
  }
  parts.push(html.slice(at));
  return parts.join('');
}

/** Where the tag that opens at `open` ends, with its content where people do not see that. */
function endOfHidden(html: string, open: number): number {
  const start = html.slice(open + 1, open + 12).toLowerCase();
  const element = HIDDEN.find(
    (name) => start.startsWith(name) && !/[a-z0-9-]/.test(start[name.length] ?? ' '),
  );
  const tagEnd = html.indexOf('>', open);
  if (tagEnd < 0) return html.length;
  if (element === undefined) return tagEnd + 1;
  const closing = new RegExp(`</${element}`, 'gi');
  closing.lastIndex = tagEnd;
  const close = closing.exec(html);
  if (close === null) return html.length;
  const closeEnd = html.indexOf('>', close.index);
  return closeEnd < 0 ? html.length : closeEnd + 1;
}
