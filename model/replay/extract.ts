/** One value out of an answer's body: the first at a JSON path, or the first match of a pattern. Pure. */
import { RE2JS } from 're2js';
import { SluiceError } from '../errors.ts';
import { jsonText, parseJsonPath, selectJson } from '../filter/json-path.ts';
import { checkPattern } from '../filter/pattern.ts';
import type { Extraction } from './plan.ts';

/** More of a value is not shown. */
const MOST_CHARACTERS = 10_000;

/** Upper and lower case are the same unless the pattern says (?-i), as in filters. @throws SluiceError `usage` */
export function compiledPattern(pattern: string): RE2JS {
  const problem = checkPattern(pattern);
  if (problem === undefined) return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  throw new SluiceError('usage', `"${pattern}" is no pattern: ${problem}.`);
}

function byPattern(pattern: string): (text: string) => string | undefined {
  const compiled = compiledPattern(pattern);
  return (text) => {
    const matcher = compiled.matcher(text);
    if (!matcher.find()) return undefined;
    return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? undefined;
  };
}

function byPath(path: string): (text: string) => string | undefined {
  const steps = parseJsonPath(path);
  if (steps === undefined) {
    throw new SluiceError('usage', `"${path}" is no JSON path: write it like $.items[0].id.`);
  }
  return (text) => {
    try {
      const [value] = selectJson(JSON.parse(text), steps);
      return value === undefined ? undefined : jsonText(value);
    } catch {
      return undefined;
    }
  };
}

/** What takes the value out of a body, undefined where there is none. @throws SluiceError `usage` for what is no path or pattern */
export function extractor(extraction: Extraction): (text: string) => string | undefined {
  const take = 'json' in extraction ? byPath(extraction.json) : byPattern(extraction.pattern);
  return (text) => take(text)?.slice(0, MOST_CHARACTERS);
}
