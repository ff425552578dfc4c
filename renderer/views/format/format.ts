/** Which formatter lays out which language. Pure; the worker runs it, so that no body can hold up the window. */
import { formatCss } from './css.ts';
import { formatJavaScript } from './javascript.ts';
import { formatJson } from './json.ts';
import { formatMarkup } from './markup.ts';
import type { Formatted } from './writer.ts';

export type FormatLanguage = 'json' | 'html' | 'xml' | 'css' | 'javascript';

/** Throws a FormatError when the text is not of that language and the language allows telling so (JSON). */
export function formatText(language: FormatLanguage, source: string): Formatted {
  switch (language) {
    case 'json':
      return formatJson(source);
    case 'css':
      return formatCss(source);
    case 'javascript':
      return formatJavaScript(source);
    case 'html':
    case 'xml':
      return formatMarkup(source, language);
  }
}
