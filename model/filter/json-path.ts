/**
 * JSON paths (RFC 9535) as far as filters need them: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[*]`, `.*`, and `..` before any of them. No
 * expressions: what they decide, the filter's operators do.
 */
export interface JsonStep {
  /** A member's name, an element's index, or all of them. */
  readonly key: string | number | undefined;
  /** At any depth below. */
  readonly deep: boolean;
}

/** So many values are looked at for one path: a document of a million numbers is not copied for `$..*`. */
const MOST_VALUES = 100_000;

const STEP =
  /(\.\.|\.)?(?:\[\s*(?:(-?\d{1,15})|(\*)|'([^']*)'|"([^"]*)")\s*\]|(\*)|([\p{L}_$][\p{L}\p{N}_$-]*))/uy;

/** Where the path that begins at `at` ends, and its steps; undefined when none begins there. A leading `$` may be left out. */
export function jsonPathAt(text: string, at: number): { steps: JsonStep[]; end: number } | undefined {
  const rooted = text[at] === '$';
  let end = rooted ? at + 1 : at;
  const steps: JsonStep[] = [];
  for (;;) {
    STEP.lastIndex = end;
    const found = STEP.exec(text);
    if (found === null) break;
    const [whole, dots, index, allInBrackets, single, double, star, name] = found;
    const bracketed = star === undefined && name === undefined;
    // A name or star stands after a dot, or first where no $ is; a bracket after ".." or nothing.
    if (bracketed ? dots === '.' : dots === undefined && (rooted || steps.length > 0)) break;
    const key =
      index !== undefined
        ? Number(index)
        : (allInBrackets ?? star) !== undefined
          ? undefined
          : (single ?? double ?? name);
    steps.push({ key, deep: dots === '..' });
    end += whole.length;
  }
  return end === at ? undefined : { steps, end };
}

/** The steps of a path that is all of `text`. */
export function parseJsonPath(text: string): JsonStep[] | undefined {
  const found = jsonPathAt(text, 0);
  return found?.end === text.length ? found.steps : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function children(value: unknown, key: JsonStep['key']): unknown[] {
  if (!isObject(value)) return [];
  if (key === undefined) return Object.values(value);
  if (Array.isArray(value)) {
    if (typeof key !== 'number') return [];
    const at = key < 0 ? value.length + key : key;
    return at in value ? [value[at]] : [];
  }
  const name = String(key);
  return Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : [];
}

/** The value and all below it; hostile nesting is no recursion here. */
function withDescendants(values: readonly unknown[]): unknown[] {
  const all = [...values];
  for (let i = 0; i < all.length && all.length < MOST_VALUES; i++) {
    const value = all[i];
    if (isObject(value)) for (const child of Object.values(value)) all.push(child);
  }
  return all;
}

/** The values at the path, none where there is no such member. */
export function selectJson(root: unknown, steps: readonly JsonStep[]): unknown[] {
  let values: unknown[] = [root];
  for (const { key, deep } of steps) {
    const from = deep ? withDescendants(values) : values;
    values = from.flatMap((value) => children(value, key)).slice(0, MOST_VALUES);
  }
  return values;
}

/** A value as filters compare it: text as it is, the rest as JSON. */
export const jsonText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
