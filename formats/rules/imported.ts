/** What reading rules of another tool comes to, and the small pieces that the readers share. Pure. */
import type { RuleInput } from '#model/rules/rule.ts';

export interface ImportNote {
  /** Which of the other tool's rules. */
  readonly what: string;
  /** What of it is not there, or is not quite the same. */
  readonly why: string;
}

export interface ImportedRules {
  /** Names are unique among them. */
  readonly rules: readonly RuleInput[];
  readonly notes: readonly ImportNote[];
}

export class RuleCollector {
  readonly rules: RuleInput[] = [];
  readonly notes: ImportNote[] = [];
  readonly #names = new Set<string>();

  add({ name, ...rest }: RuleInput): void {
    const base = name.trim().slice(0, 180) || 'Imported rule';
    let free = base;
    for (let number = 2; this.#names.has(free); number += 1) free = `${base} (${number})`;
    this.#names.add(free);
    this.rules.push({ name: free, ...rest });
  }

  note(what: string, why: string): void {
    this.notes.push({ what: what.slice(0, 200), why });
  }

  done(): ImportedRules {
    return { rules: this.rules, notes: this.notes };
  }
}

export const escapedRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
/** As the replacement of a pattern, in which `$` and `\` mean something. */
export const escapedReplacement = (text: string): string => text.replace(/[\\$]/g, '\\$&');

/** Search and replace without regard to case, or as it says. */
export function replacing(
  find: string,
  put: string,
  { regex = false, anyCase = false, whole = false }: { regex?: boolean; anyCase?: boolean; whole?: boolean },
): { find: string; with: string; regex?: boolean } {
  if (!regex && !anyCase && !whole) return { find, with: put };
  const pattern = regex ? find : escapedRegex(find);
  const bounded = whole ? `^(?:${pattern})$` : pattern;
  return {
    find: anyCase ? `(?i)${bounded}` : bounded,
    with: regex ? put : escapedReplacement(put),
    regex: true,
  };
}
