/**
 * A value that a JSON schema (OpenAPI 3.0 and 3.1) describes, to be changed by whoever sends it: an example that is given, else a default, else
 * the first of a choice, else something plain of the right type and format. The same schema gives the same value. A schema that contains
 * itself ends where it would go on.
 */
import { isFields, listIn, listOf, member, textIn } from '../requests/json-values.ts';
import type { References } from './references.ts';

const DEEPEST = 12;
/** Values made for one example. */
const MOST_VALUES = 2000;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2025-01-01',
  'date-time': '2025-01-01T00:00:00Z',
  time: '00:00:00Z',
  duration: 'P1D',
  email: 'user@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  'uri-reference': '/',
  uuid: '00000000-0000-4000-8000-000000000000',
  byte: 'c3RyaW5n',
  binary: '',
  password: 'password',
};

export interface ExampleMaker {
  /** The value for a schema; undefined where it says nothing. */
  of(schema: unknown): unknown;
  /** What a parameter or media type gives as example, else what its schema gives. */
  ofHolder(holder: unknown): unknown;
}

const given = (schema: unknown): unknown => {
  for (const name of ['example', 'default', 'const']) {
    const value = member(schema, name);
    if (value !== undefined) return value;
  }
  return listIn(schema, 'examples')[0] ?? listIn(schema, 'enum').find((value) => value !== null);
};

function typeOf(schema: unknown): string {
  const type = member(schema, 'type');
  const first = Array.isArray(type) ? listOf(type).find((one) => one !== 'null') : type;
  if (typeof first === 'string') return first;
  if (isFields(member(schema, 'properties')) || member(schema, 'additionalProperties') !== undefined)
    return 'object';
  return member(schema, 'items') === undefined ? '' : 'array';
}

function number(schema: unknown, whole: boolean): number {
  const limit = (name: string) => {
    const value = member(schema, name);
    return typeof value === 'number' ? value : undefined;
  };
  const step = whole ? 1 : 0.5;
  const above = limit('exclusiveMinimum');
  const low = limit('minimum') ?? (above === undefined ? undefined : above + step);
  const below = limit('exclusiveMaximum');
  const high = limit('maximum') ?? (below === undefined ? undefined : below - step);
  const value = low ?? Math.min(high ?? 1, 1);
  return whole ? Math.ceil(value) : value;
}

function text(schema: unknown): string {
  const format = FORMATS[textIn(schema, 'format')];
  const least = member(schema, 'minLength');
  const plain = format ?? 'string';
  return typeof least === 'number' && least > plain.length ? plain.padEnd(Math.min(least, 1000), 'x') : plain;
}

export function createExamples(references: References): ExampleMaker {
  let left = MOST_VALUES;

  function object(schema: unknown, within: readonly unknown[]): Record<string, unknown> {
    const properties = member(schema, 'properties');
    const entries = isFields(properties) ? Object.entries(properties) : [];
    const values: [string, unknown][] = [];
    for (const [name, property] of entries) {
      if (member(references.resolve(property), 'readOnly') === true) continue;
      const value = make(property, within);
      if (value !== undefined) values.push([name, value]);
    }
    const extra = member(schema, 'additionalProperties');
    if (entries.length === 0 && isFields(extra)) {
      const value = make(extra, within);
      if (value !== undefined) values.push(['key', value]);
    }
    return Object.fromEntries(values);
  }

  /** All parts of `allOf` together; of other choices the first that gives something. */
  function combined(schema: unknown, within: readonly unknown[]): unknown {
    const all = listIn(schema, 'allOf').map((part) => make(part, within));
    const choices = [...listIn(schema, 'oneOf'), ...listIn(schema, 'anyOf')];
    const choice = choices.map((part) => references.resolve(part)).find((part) => typeOf(part) !== 'null');
    const own = isFields(member(schema, 'properties')) ? object(schema, within) : undefined;
    const parts = [...all, ...(choice === undefined ? [] : [make(choice, within)]), own].filter(
      (part) => part !== undefined,
    );
    const objects = parts.filter(isFields);
    return objects.length > 0
      ? Object.fromEntries(objects.flatMap((part) => Object.entries(part)))
      : parts[0];
  }

  function make(unresolved: unknown, within: readonly unknown[]): unknown {
    const schema = references.resolve(unresolved);
    left -= 1;
    if (schema === undefined || left < 0 || within.length >= DEEPEST || within.includes(schema))
      return undefined;
    const value = given(schema);
    if (value !== undefined) return value;
    const inside = [...within, schema];
    if (['allOf', 'oneOf', 'anyOf'].some((name) => member(schema, name) !== undefined))
      return combined(schema, inside);
    switch (typeOf(schema)) {
      case 'object':
        return object(schema, inside);
      case 'array': {
        const item = make(member(schema, 'items') ?? listIn(schema, 'prefixItems')[0], inside);
        return item === undefined ? [] : [item];
      }
      case 'string':
        return text(schema);
      case 'integer':
        return number(schema, true);
      case 'number':
        return number(schema, false);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return undefined;
    }
  }

  const of = (schema: unknown) => {
    left = MOST_VALUES;
    return make(schema, []);
  };
  return {
    of,
    ofHolder(holder) {
      const example = member(holder, 'example');
      if (example !== undefined) return example;
      const examples = member(holder, 'examples');
      const [first] = isFields(examples) ? Object.values(examples) : [];
      const value = member(references.resolve(first), 'value');
      return value === undefined ? of(member(holder, 'schema')) : value;
    },
  };
}
