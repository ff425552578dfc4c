/**
 * A JSON schema (2020-12, as OpenAPI 3.1 has it) for a shape. It claims what the samples show and little more: required is what was always
 * there, a choice of texts is only claimed where a few plain words come again and again. No value of a sample gets into it otherwise.
 */
import { templatePath } from '#model/path-template.ts';
import { mapMembers, type ObjectShape, type Shape, type TextShape } from './shape.ts';

export interface Schema {
  readonly [keyword: string]: unknown;
}

/** A choice needs this many texts, each as often on average. */
const LEAST_TEXTS = 12;
const LEAST_OF_EACH = 4;

/** Plain words: nothing that could be a name of a person, a token or an id. */
const isWord = (text: string) =>
  text.length <= 30 &&
  /^(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_](?:[A-Z]?[a-z]+|[A-Z]+))*$/.test(text) &&
  templatePath(text) === text;

function textSchema({ count, formats, texts }: TextShape): Schema {
  const [format] = formats;
  if (format !== undefined) return { format: format.name };
  if (texts === undefined || count < LEAST_TEXTS || texts.size < 2 || texts.size * LEAST_OF_EACH > count)
    return {};
  const words = [...texts.keys()];
  return words.every(isWord) ? { enum: words.sort() } : {};
}

function objectSchema(object: ObjectShape): Schema {
  const together = mapMembers(object);
  if (together !== undefined) return { additionalProperties: schemaOf(together) };
  const members = [...object.members];
  const required = members.filter(([, { count }]) => count === object.count).map(([name]) => name);
  return {
    properties: Object.fromEntries(members.map(([name, shape]) => [name, schemaOf(shape)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** `{}`, which allows everything, for a shape without values. */
export function schemaOf(shape: Shape): Schema {
  const types: string[] = [];
  if (shape.object !== undefined) types.push('object');
  if (shape.list !== undefined) types.push('array');
  if (shape.text !== undefined) types.push('string');
  if (shape.fractions > 0) types.push('number');
  else if (shape.integers > 0) types.push('integer');
  if (shape.booleans > 0) types.push('boolean');
  const text = shape.text === undefined ? {} : textSchema(shape.text);
  if (shape.nulls > 0) types.push('null');
  if (types.length === 0) return {};
  // A choice would have to list null and the other types too.
  const { enum: words, ...format } = text;
  const choice = words === undefined || types.length > 1 ? {} : { enum: words };
  return {
    type: types.length === 1 ? types[0] : types,
    ...format,
    ...choice,
    ...(shape.object === undefined ? {} : objectSchema(shape.object)),
    ...(shape.list === undefined ? {} : { items: schemaOf(shape.list.items) }),
  };
}
