/**
 * The fields of an action's form, read from its definition: a form for every action there is or will be, without a line for each. What is neither text,
 * number, choice nor switch is written as JSON.
 */
import * as z from 'zod';
import { Action, type ActionName } from '#model/rules/action.ts';

export interface ActionField {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'choice' | 'switch' | 'json';
  readonly optional: boolean;
  readonly choices?: readonly string[];
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;
const OPTIONS = Action.def.options as unknown as readonly { readonly shape: Shape }[];

const nameOf = ({ shape }: { readonly shape: Shape }): ActionName => {
  const { action } = shape;
  if (!(action instanceof z.ZodLiteral)) throw new TypeError('every action says its name');
  return action.value as ActionName;
};

export const ACTION_NAMES: readonly ActionName[] = OPTIONS.map(nameOf);

function fieldOf(key: string, type: z.core.$ZodType): ActionField {
  if (type instanceof z.ZodOptional) return { ...fieldOf(key, type.unwrap()), optional: true };
  const field = { key, optional: false };
  if (type instanceof z.ZodString) return { ...field, kind: 'text' };
  if (type instanceof z.ZodNumber) return { ...field, kind: 'number' };
  if (type instanceof z.ZodBoolean) return { ...field, kind: 'switch' };
  if (type instanceof z.ZodEnum) return { ...field, kind: 'choice', choices: type.options.map(String) };
  return { ...field, kind: 'json' };
}

/** In the order of the definition. */
export function actionFields(name: ActionName): ActionField[] {
  const option = OPTIONS.find((one) => nameOf(one) === name);
  return Object.entries(option?.shape ?? {})
    .filter(([key]) => key !== 'action')
    .map(([key, type]) => fieldOf(key, type));
}

/** As it stands in the form: text for every field, or nothing. */
export type ActionText = Readonly<Record<string, string>>;

export function textOfAction(action: object): ActionText {
  const { action: name, ...rest } = action as { action: ActionName } & Record<string, unknown>;
  const kinds = new Map(actionFields(name).map(({ key, kind }) => [key, kind]));
  const texts = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, kinds.get(key) === 'json' ? JSON.stringify(value) : String(value)]);
  return { action: name, ...Object.fromEntries(texts) };
}

/** The action that the texts say; what cannot be read stays text, which its definition then refuses. */
export function actionOfText(text: ActionText): Record<string, unknown> {
  const name = text.action as ActionName;
  const values = actionFields(name).flatMap(({ key, kind, optional }): [string, unknown][] => {
    const written = text[key];
    if (written === undefined || (written === '' && (optional || kind !== 'text'))) return [];
    switch (kind) {
      case 'number':
        return [[key, Number(written)]];
      case 'switch':
        return [[key, written === 'true']];
      case 'json':
        try {
          return [[key, JSON.parse(written)]];
        } catch {
          return [[key, written]];
        }
      default:
        return [[key, written]];
    }
  });
  return { action: name, ...Object.fromEntries(values) };
}

/** What a new action of that kind begins with. */
export function blankAction(name: ActionName): ActionText {
  const texts = actionFields(name)
    .filter(({ optional }) => !optional)
    .map(({ key, kind, choices }) => [key, kind === 'choice' ? (choices?.[0] ?? '') : '']);
  return { action: name, ...Object.fromEntries(texts) };
}
