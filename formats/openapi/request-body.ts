/** The body of an operation with example values, in the most usual of the types it may have. */
import { bytesOf } from '#model/head-text.ts';
import { parseMediaType } from '#model/headers.ts';
import type { Losses } from '../losses.ts';
import { utf8ByteString } from '../octets.ts';
import { multipart, urlencoded } from '../requests/form-body.ts';
import { isFields, member, textIn, textOf } from '../requests/json-values.ts';
import type { ExampleMaker } from './example-value.ts';
import type { References } from './references.ts';

export interface ExampleBody {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const RANKS = [
  /^application\/json$/,
  /[+/]json$/,
  /^application\/x-www-form-urlencoded$/,
  /^multipart\//,
  /xml$/,
  /^text\//,
];

const rank = (type: string) => {
  const found = RANKS.findIndex((pattern) => pattern.test(parseMediaType(type)?.essence ?? ''));
  return found < 0 ? RANKS.length : found;
};

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : textOf(value));
const bytes = (text: string) => bytesOf(utf8ByteString(text));

function isFile(property: unknown): boolean {
  return textIn(property, 'format') === 'binary' || member(property, 'contentMediaType') !== undefined;
}

/** undefined where the operation has no body. */
export function exampleBody(
  unresolved: unknown,
  references: References,
  examples: ExampleMaker,
  losses: Losses,
): ExampleBody | undefined {
  const content = member(references.resolve(unresolved), 'content');
  const [type] = isFields(content) ? Object.keys(content).sort((a, b) => rank(a) - rank(b)) : [];
  if (type === undefined) return undefined;
  const media = references.resolve(member(content, type));
  const value = examples.ofHolder(media);
  const essence = parseMediaType(type)?.essence ?? '';
  if (/[+/]json$/.test(essence))
    return { type, bytes: bytes(value === undefined ? '' : JSON.stringify(value, undefined, 2)) };
  const fields = isFields(value) ? Object.entries(value) : [];
  if (essence === 'application/x-www-form-urlencoded') {
    const pairs = fields.map(([name, one]): [string, string] => [
      utf8ByteString(name),
      utf8ByteString(asText(one)),
    ]);
    return { type, bytes: bytes(urlencoded(pairs)) };
  }
  if (essence.startsWith('multipart/')) {
    const properties = member(references.resolve(member(media, 'schema')), 'properties');
    const parts = fields.map(([name, one]) => {
      const file = isFile(references.resolve(member(properties, name)));
      const part = { name: utf8ByteString(name), content: file ? '' : utf8ByteString(asText(one)) };
      return file ? { ...part, fileName: 'file', type: 'application/octet-stream' } : part;
    });
    const { type: withBoundary, body } = multipart(parts);
    return { type: withBoundary, bytes: body };
  }
  if (typeof value === 'string' && value !== '') return { type, bytes: bytes(value) };
  if (value !== undefined && value !== '') losses.add('example of a body that is not JSON or a form', type);
  return { type: type.includes('*') ? 'application/octet-stream' : type, bytes: bytes('') };
}
