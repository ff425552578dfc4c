/** What somebody else's JSON holds where it ought to: the wrong thing is as good as nothing. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object's own member of that name: nothing of its prototype. */
export const member = (value: unknown, name: string): unknown =>
  isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Texts, and numbers and booleans as one writes them; "" for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export const textIn = (value: unknown, name: string): string => textOf(member(value, name));
export const listIn = (value: unknown, name: string): readonly unknown[] => listOf(member(value, name));
