/**
 * Edits of JSON bodies by path (RFC 9535) or patch (RFC 6902). Numbers that JavaScript cannot hold keep their digits. Paths are compiled once, and without
 * the functions `match` and `search`, whose patterns would not run in linear time.
 */
import { JSONPatch, JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3';
import { ActionError } from './action-error.ts';

const environment = new JSONPathEnvironment({ maxRecursionDepth: 200 });
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/** @throws ActionError saying what is wrong with it */
export function compilePath(path: string): JSONPathQuery {
  try {
    return environment.compile(path);
  } catch (error) {
    throw new ActionError(`The JSON path is not valid: ${error instanceof Error ? error.message : error}`);
  }
}

// ES2026, not in TypeScript's library yet.
const { rawJSON } = JSON as unknown as { rawJSON?: (text: string) => unknown };

function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined || rawJSON === undefined) return value;
  return String(value) === context.source ? value : rawJSON(context.source);
}

/** @throws ActionError when it is not JSON */
export function parseJson(text: string): JSONValue {
  try {
    return JSON.parse(text, keepNumber) as JSONValue;
  } catch {
    throw new ActionError('The body is not JSON.');
  }
}

type Container = { [key: string]: JSONValue };

function parentOf(root: JSONValue, location: readonly (string | number)[]): Container {
  let node = root;
  for (const key of location.slice(0, -1)) node = (node as Container)[key] as JSONValue;
  return node as Container;
}

/** Sets what the path selects to `value`; a path that selects nothing but names a member of an object that is there adds it. */
export function jsonSet(root: JSONValue, path: JSONPathQuery, value: JSONValue, text: string): JSONValue {
  const nodes = path.query(root).nodes;
  if (nodes.length === 0) return addMember(root, text, value);
  let result = root;
  for (const { location } of nodes) {
    const key = location.at(-1);
    if (key === undefined) result = value;
    else define(parentOf(root, location), key, value);
  }
  return result;
}

/** `__proto__` is a name like others. */
const define = (parent: Container, key: string | number, value: JSONValue) =>
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });

/** `$.a.b` where `$.a` is there. */
function addMember(root: JSONValue, text: string, value: JSONValue): JSONValue {
  const [, parentPath, dotted, quoted] = /^(.*?)(?:\.([A-Za-z_][\w]*)|\['([^'\\]*)'\])$/s.exec(text) ?? [];
  const name = dotted ?? quoted;
  if (parentPath === undefined || name === undefined) return root;
  for (const { value: parent } of compilePath(parentPath).query(root).nodes) {
    if (typeof parent === 'object' && parent !== null && !Array.isArray(parent))
      define(parent as Container, name, value);
  }
  return root;
}

/** Takes away what the path selects. @throws ActionError for the whole document */
export function jsonRemove(root: JSONValue, path: JSONPathQuery): JSONValue {
  // From behind, so that indexes of what is still to go stay right.
  for (const { location } of path.query(root).nodes.toReversed()) {
    const key = location.at(-1);
    if (key === undefined)
      throw new ActionError('The whole document cannot be removed; set the body instead.');
    const parent = parentOf(root, location);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  return root;
}

/** @throws ActionError when an operation fails */
export function jsonPatch(root: JSONValue, patch: readonly object[]): JSONValue {
  try {
    return new JSONPatch(patch as ConstructorParameters<typeof JSONPatch>[0]).apply(root);
  } catch (error) {
    throw new ActionError(`The JSON patch failed: ${error instanceof Error ? error.message : error}`);
  }
}
