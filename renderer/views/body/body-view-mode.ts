/** Which ways of showing a body there are for its kind, and which one is shown: the one chosen last if it applies, else the best. */
import { type BodyClass, formatLanguageOf } from '../content/classify.ts';

export type BodyMode = 'pretty' | 'preview' | 'tree' | 'raw' | 'image' | 'hex';

/** Applicable modes, best first; none for an empty body. `structured`: it can be shown as a tree. */
export function modesOf(body: BodyClass, structured = false): BodyMode[] {
  const plain = plainModes(body);
  if (!structured || body.kind === 'empty') return plain;
  // Laid out, a text is as good to read as its tree; anything else is better as one.
  return plain[0] === 'pretty' ? ['pretty', 'tree', ...plain.slice(1)] : ['tree', ...plain];
}

function plainModes(body: BodyClass): BodyMode[] {
  switch (body.kind) {
    case 'empty':
      return [];
    case 'image':
      return body.label === 'SVG' ? ['image', 'raw', 'hex'] : ['image', 'hex'];
    case 'audio':
    case 'video':
    case 'font':
      return ['preview', 'hex'];
    case 'binary':
      return ['hex', 'raw'];
    case 'text':
      if (body.language === 'html') return ['pretty', 'preview', 'raw', 'hex'];
      return formatLanguageOf(body) === undefined ? ['raw', 'hex'] : ['pretty', 'raw', 'hex'];
  }
}

/** Ways in which a place can be marked. */
const MARKING: readonly BodyMode[] = ['pretty', 'raw', 'hex'];

/** The same where a place in the body has to be seen. */
export function modeMarking(body: BodyClass, chosen: BodyMode | undefined, structured = false): BodyMode {
  const shown = modeShown(body, chosen, structured);
  if (MARKING.includes(shown)) return shown;
  return modesOf(body, structured).find((mode) => MARKING.includes(mode)) ?? shown;
}

export function modeShown(body: BodyClass, chosen: BodyMode | undefined, structured = false): BodyMode {
  const modes = modesOf(body, structured);
  return chosen !== undefined && modes.includes(chosen) ? chosen : (modes[0] ?? 'raw');
}
