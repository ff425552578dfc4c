/**
 * Text with places to fill in: `{{request.path}}`. A place that nobody knows is refused when the text is read, so that a rule cannot be
 * saved that would fail later. Pure: what is filled in, whoever expands it gives. Values are put in as they are and never read again.
 */
const PLACES = [
  'request.method',
  'request.url',
  'request.host',
  'request.path',
  'request.body',
  'now',
  'now.iso',
  'uuid',
] as const;
type Place = (typeof PLACES)[number];
/** These take a name after their last dot. */
const NAMED = ['request.header', 'request.query'] as const;
type Named = (typeof NAMED)[number];

export type TemplatePart =
  | { readonly text: string }
  | { readonly place: Place }
  | { readonly place: Named; readonly name: string };

export type TemplateResult =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly problem: string };

const isPlace = (text: string): text is Place => (PLACES as readonly string[]).includes(text);

function placeOf(text: string): TemplatePart | undefined {
  if (isPlace(text)) return { place: text };
  const named = NAMED.find((prefix) => text.startsWith(`${prefix}.`));
  const name = named === undefined ? '' : text.slice(named.length + 1);
  return named === undefined || name === '' ? undefined : { place: named, name };
}

/** Takes a template apart. Never throws. */
export function parseTemplate(text: string): TemplateResult {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) return { ok: false, problem: 'A {{ is not closed; add }}.' };
    const inner = text.slice(open + 2, close).trim();
    const part = placeOf(inner);
    if (part === undefined) {
      const known = [...PLACES, ...NAMED.map((prefix) => `${prefix}.NAME`)].join(', ');
      return { ok: false, problem: `{{${inner}}} is not known: there are ${known}.` };
    }
    if (open > at) parts.push({ text: text.slice(at, open) });
    parts.push(part);
    at = close + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return { ok: true, parts };
}

/** Puts in what `fill` gives for each place. */
export function expandTemplate(
  parts: readonly TemplatePart[],
  fill: (place: Place | Named, name: string) => string,
): string {
  return parts
    .map((part) => ('text' in part ? part.text : fill(part.place, 'name' in part ? part.name : '')))
    .join('');
}
