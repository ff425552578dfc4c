/** Bodies of an endpoint by their type, each with the shape of what is in them: JSON and forms are looked into, anything else is only named. */
import { type Headers, headerValue, headerValues, parseMediaType } from '#model/headers.ts';
import { decodeContent } from '../content-decoding.ts';
import type { Losses } from '../losses.ts';
import { byteString, readable, utf8Text } from '../octets.ts';
import { type Schema, schemaOf } from './schema-of-shape.ts';
import { addValue, emptyShape, type Shape } from './shape.ts';
import { writtenValue } from './string-formats.ts';

/** Bodies are looked into up to this size, decoded. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_TYPES = 20;
const MOST_FIELDS = 500;

export interface BodyShapes {
  /** Messages that had a body. */
  count: number;
  /** By media type, without parameters. */
  readonly types: Map<string, Shape>;
}

export const emptyBodies = (): BodyShapes => ({ count: 0, types: new Map() });

/** Name and value of URL-encoded text, decoded. */
export function urlencodedFields(text: string): [string, string][] {
  const decoded = (part: string) =>
    readable(
      part
        .replaceAll('+', ' ')
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  return text
    .split('&', MOST_FIELDS)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    });
}

/** Fields as an object: one that comes several times is a list. */
function fieldsValue(fields: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/** Names of the parts of a form; what they hold is left alone, for it may be files. */
function partNames(body: string): [string, unknown][] {
  const heads = body.matchAll(
    /\r\ncontent-disposition: *form-data;[^\r\n]{0,1000}?\bname="([^"\r\n]{0,200})"/gi,
  );
  return [...heads].slice(0, MOST_FIELDS).map(([, name = '']) => [readable(name), '']);
}

function json(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Adds the body of one message, as captured. */
export async function addBody(
  into: BodyShapes,
  headers: Headers,
  body: Uint8Array,
  losses: Losses,
): Promise<void> {
  if (body.length === 0) return;
  into.count += 1;
  const essence = parseMediaType(headerValue(headers, 'content-type'))?.essence ?? 'application/octet-stream';
  const shape = into.types.get(essence) ?? emptyShape();
  if (!into.types.has(essence)) {
    if (into.types.size >= MOST_TYPES) {
      losses.add('body types beyond the first 20', essence);
      return;
    }
    into.types.set(essence, shape);
  }
  const isJson = /[+/]json$/.test(essence);
  const isForm = essence === 'application/x-www-form-urlencoded';
  if (!isJson && !isForm && essence !== 'multipart/form-data') return;
  const coding = headerValues(headers, 'content-encoding').join(', ');
  const { bytes, problem } = await decodeContent(body, coding, { maxBytes: MOST_BYTES });
  if (problem !== undefined) {
    losses.add('schema of a body that cannot be read', problem);
    return;
  }
  if (isForm) {
    const fields = urlencodedFields(byteString(bytes));
    addValue(shape, fieldsValue(fields.map(([name, value]) => [name, writtenValue(value)])));
  } else if (isJson) {
    const parsed = json(utf8Text(bytes)?.replace(/^\ufeff/, '') ?? '');
    if (parsed === undefined) losses.add('schema of a body that cannot be read', 'not JSON');
    else addValue(shape, parsed.value);
  } else addValue(shape, fieldsValue(partNames(`\r\n${byteString(bytes)}`)));
}

/** The Content of OpenAPI's request bodies and responses. */
export function contentOf({ types }: BodyShapes): Record<string, { schema?: Schema }> {
  return Object.fromEntries(
    [...types].map(([type, shape]) => {
      if (shape.count > 0) return [type, { schema: schemaOf(shape) }];
      // What is not looked into: text is a string, other octets have no schema in 3.1.
      return [type, /^text\/|xml$/.test(type) ? { schema: { type: 'string' } } : {}];
    }),
  );
}
