/**
 * `{{name}}` in texts of .http files and Postman collections. Values may have variables in them themselves; one that goes in a circle, or is
 * not in the file, stays as it stands and is reported: the composer shows it, and whoever sends it sees what is missing. What other tools
 * make up anew each time (`{{$guid}}`) is made up once, here, without chance where tests need it.
 */
import type { Losses } from '../losses.ts';

const DEEPEST = 20;
/** All texts of a file together grow by no more than this. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** What is made up. Names as VS Code's REST Client, JetBrains and Postman write them. */
export interface MadeUp {
  now(): number;
  uuid(): string;
  /** In [0, 1). */
  random(): number;
}

export const CHANCE: MadeUp = {
  now: Date.now,
  uuid: () => globalThis.crypto.randomUUID(),
  random: Math.random,
};

function madeUp(name: string, { now, uuid, random }: MadeUp): string | undefined {
  const [kind = '', ...args] = name.split(/\s+/);
  switch (kind) {
    case '$guid':
    case '$uuid':
    case '$randomUUID':
    case '$random.uuid':
      return uuid();
    case '$timestamp':
      return String(Math.floor(now() / 1000));
    case '$isoTimestamp':
    case '$datetime':
      return new Date(now()).toISOString();
    case '$randomInt': {
      const [low = 0, high = 1000] = args.map(Number);
      return String(Math.floor(low + random() * (high - low)));
    }
    default:
      return undefined;
  }
}

export interface Variables {
  /** `text` with every variable that is known in its place. */
  fill(text: string): string;
}

export function createVariables(
  values: ReadonlyMap<string, string>,
  losses: Losses,
  chance: MadeUp = CHANCE,
): Variables {
  let spent = 0;
  const fill = (text: string, within: readonly string[]): string => {
    if (!text.includes('{{')) return text;
    return text.replace(/\{\{([^{}\n]{1,200})\}\}/g, (found: string, inner: string) => {
      const name = inner.trim();
      const value = values.get(name) ?? madeUp(name, chance);
      if (
        value === undefined ||
        within.includes(name) ||
        within.length >= DEEPEST ||
        spent > MOST_CHARACTERS
      ) {
        losses.add('variable without a value', name);
        return found;
      }
      const filled = fill(value, [...within, name]);
      spent += filled.length;
      return filled;
    });
  };
  return { fill: (text) => fill(text, []) };
}
