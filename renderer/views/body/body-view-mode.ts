/** Which ways of showing a body there are for its kind, and which one is shown: the one chosen last if it applies, else the best. */
import { type BodyClass, formatLanguageOf } from '../content/classify.ts';

export type BodyMode = 'pretty' | 'raw' | 'image' | 'hex';

/** Applicable modes, best first; none for an empty body. */
export function modesOf(body: BodyClass): BodyMode[] {
  switch (body.kind) {
    case 'empty':
      return [];
    case 'image':
      return body.label === 'SVG' ? ['image', 'raw', 'hex'] : ['image', 'hex'];
    case 'binary':
      return ['hex', 'raw'];
    case 'text':
      return formatLanguageOf(body) === undefined ? ['raw', 'hex'] : ['pretty', 'raw', 'hex'];
  }
}

export function modeShown(body: BodyClass, chosen: BodyMode | undefined): BodyMode {
  const modes = modesOf(body);
  return chosen !== undefined && modes.includes(chosen) ? chosen : (modes[0] ?? 'raw');
}
