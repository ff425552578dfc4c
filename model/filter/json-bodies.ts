/** Bodies that are JSON, as filters look into them: the values at a path, and the paths there are. */
import { jsonText, parseJsonPath, selectJson } from './json-path.ts';
import type { FilterSubject } from './subject.ts';

const documents = new WeakMap<FilterSubject, unknown[]>();

/** The bodies that are JSON, parsed once a subject. */
function documentsOf(subject: FilterSubject): unknown[] {
  const known = documents.get(subject);
  if (known !== undefined) return known;
  const parsed = [subject.requestBody, subject.responseBody].flatMap((text) => {
    if (text === undefined || !/^\s*[[{"\dtfn-]/.test(text)) return [];
    try {
      return [JSON.parse(text) as unknown];
    } catch {
      return [];
    }
  });
  documents.set(subject, parsed);
  return parsed;
}

/** The values at a JSON path in either body, as text. */
export function jsonTexts(subject: FilterSubject, path: string): string[] {
  const steps = parseJsonPath(path);
  if (steps === undefined) return [];
  return documentsOf(subject).flatMap((root) => selectJson(root, steps).map(jsonText));
}

/** So many paths of a body are named, the outer ones first. */
const MOST_PATHS = 200;
const MOST_ELEMENTS = 20;

const step = (name: string) => (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? `.${name}` : `['${name}']`);

/** Paths to the values in the bodies that are no objects themselves; elements of arrays are not told apart. */
export function jsonPaths(subject: FilterSubject): string[] {
  const queue = documentsOf(subject).map((value) => ({ path: '$', value }));
  const paths = new Set<string>();
  for (const { path, value } of queue) {
    if (paths.size + queue.length > 10 * MOST_PATHS || paths.size >= MOST_PATHS) break;
    if (Array.isArray(value)) {
      for (const element of value.slice(0, MOST_ELEMENTS)) queue.push({ path: `${path}[*]`, value: element });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        if (!name.includes("'")) queue.push({ path: path + step(name), value: member });
      }
    } else paths.add(path);
  }
  return [...paths];
}
