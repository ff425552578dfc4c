/**
 * What many values have in common, gathered one value at a time: types, members of objects and how often each was there, items of lists,
 * formats of texts. Memory is bounded by the shape, not by the values; beyond the bounds members are taken together as those of a map.
 */
import { templatePath } from '#model/path-template.ts';
import { STRING_FORMATS, type StringFormat } from './string-formats.ts';

const DEEPEST = 30;
/** An object with more different members is a map. */
const MOST_MEMBERS = 300;
/** A list longer than this is looked at no further. */
const MOST_ITEMS = 200;
/** Different texts that are remembered, for a choice. */
const MOST_TEXTS = 8;

export interface TextShape {
  count: number;
  /** Those that every text so far has. */
  formats: readonly StringFormat[];
  /** How often each was there; undefined once there were too many. */
  texts: Map<string, number> | undefined;
}

export interface ObjectShape {
  count: number;
  readonly members: Map<string, Shape>;
  /** Of members whose names are values themselves. */
  rest: Shape | undefined;
}

export interface Shape {
  /** How many values. */
  count: number;
  nulls: number;
  booleans: number;
  integers: number;
  fractions: number;
  text: TextShape | undefined;
  object: ObjectShape | undefined;
  list: { count: number; readonly items: Shape } | undefined;
}

export function emptyShape(): Shape {
  return {
    count: 0,
    nulls: 0,
    booleans: 0,
    integers: 0,
    fractions: 0,
    text: undefined,
    object: undefined,
    list: undefined,
  };
}

function addText(shape: Shape, text: string): void {
  const known = shape.text;
  if (known === undefined) {
    shape.text = {
      count: 1,
      formats: STRING_FORMATS.filter(({ matches }) => text.length <= 200 && matches(text)),
      texts: new Map([[text, 1]]),
    };
    return;
  }
  known.count += 1;
  if (known.formats.length > 0)
    known.formats = known.formats.filter(({ matches }) => text.length <= 200 && matches(text));
  if (known.texts === undefined) return;
  known.texts.set(text, (known.texts.get(text) ?? 0) + 1);
  if (known.texts.size > MOST_TEXTS) known.texts = undefined;
}

/** Takes the members together; from then on every member is one of many. */
function becomeMap(object: ObjectShape): Shape {
  const rest = object.rest ?? emptyShape();
  object.rest = rest;
  for (const member of object.members.values()) mergeShape(rest, member);
  object.members.clear();
  return rest;
}

function addObject(shape: Shape, value: object, depth: number): void {
  shape.object ??= { count: 0, members: new Map(), rest: undefined };
  const { object } = shape;
  object.count += 1;
  for (const [name, inner] of Object.entries(value)) {
    if (object.rest !== undefined) {
      addValue(object.rest, inner, depth + 1);
      continue;
    }
    const member = object.members.get(name) ?? emptyShape();
    object.members.set(name, member);
    addValue(member, inner, depth + 1);
    if (object.members.size > MOST_MEMBERS) becomeMap(object);
  }
}

/** Adds a value as JSON.parse gives it. */
export function addValue(shape: Shape, value: unknown, depth = 0): void {
  shape.count += 1;
  if (value === null) shape.nulls += 1;
  else if (typeof value === 'boolean') shape.booleans += 1;
  else if (typeof value === 'number') {
    if (Number.isInteger(value)) shape.integers += 1;
    else shape.fractions += 1;
  } else if (typeof value === 'string') addText(shape, value);
  else if (depth >= DEEPEST) return;
  else if (Array.isArray(value)) {
    shape.list ??= { count: 0, items: emptyShape() };
    shape.list.count += 1;
    for (const item of value.slice(0, MOST_ITEMS)) addValue(shape.list.items, item, depth + 1);
  } else if (typeof value === 'object') addObject(shape, value, depth);
}

function mergeText(into: Shape, from: TextShape): void {
  const known = into.text;
  if (known === undefined) {
    into.text = { ...from, texts: from.texts && new Map(from.texts) };
    return;
  }
  known.count += from.count;
  known.formats = known.formats.filter((format) => from.formats.includes(format));
  for (const [text, count] of from.texts ?? []) known.texts?.set(text, (known.texts.get(text) ?? 0) + count);
  if (from.texts === undefined || (known.texts?.size ?? 0) > MOST_TEXTS) known.texts = undefined;
}

function mergeObject(into: Shape, from: ObjectShape): void {
  into.object ??= { count: 0, members: new Map(), rest: undefined };
  const { object } = into;
  object.count += from.count;
  if (from.rest !== undefined) mergeShape(becomeMap(object), from.rest);
  for (const [name, member] of from.members) {
    const known = object.rest ?? object.members.get(name) ?? emptyShape();
    if (object.rest === undefined) object.members.set(name, known);
    mergeShape(known, member);
    if (object.members.size > MOST_MEMBERS) becomeMap(object);
  }
}

/** Adds everything that went into `from`, which stays as it is. */
export function mergeShape(into: Shape, from: Shape): void {
  into.count += from.count;
  into.nulls += from.nulls;
  into.booleans += from.booleans;
  into.integers += from.integers;
  into.fractions += from.fractions;
  if (from.text !== undefined) mergeText(into, from.text);
  if (from.object !== undefined) mergeObject(into, from.object);
  if (from.list !== undefined) {
    into.list ??= { count: 0, items: emptyShape() };
    into.list.count += from.list.count;
    mergeShape(into.list.items, from.list.items);
  }
}

/** Names that are values: ids, dates, tokens. */
const isValueName = (name: string) => name !== '' && templatePath(name) !== name;

/** The shape of the members taken together, where an object is a map from values to things. */
export function mapMembers({ members, rest }: ObjectShape): Shape | undefined {
  if (rest !== undefined) return rest;
  const names = [...members.keys()];
  if (names.length < 2 || names.filter(isValueName).length < names.length * 0.8) return undefined;
  const together = emptyShape();
  for (const member of members.values()) mergeShape(together, member);
  return together;
}
