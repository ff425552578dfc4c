/** `rules.*`: the rules in force, their file, and what one would have done. */

import { Rule } from '#model/rules/rule.ts';
import { ruleFromSession } from '../rules/rule-from-session.ts';
import { tryOut } from '../rules/try-out.ts';
import type { Services } from '../services.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

const GAP_MS = 250;

export function rulesHandlers({ rules, store }: Services): HandlerGroup<'rules'> {
  return {
    'rules.watch': (_, signal) => latest(rules.changes, () => rules.state(), signal, GAP_MS),
    'rules.save': async ({ rules: given }) => ({ problems: [...(await rules.save(given))] }),
    'rules.tryOut': ({ rule }) => tryOut(store, rule, rules.file),
    'rules.import': async ({ text }) => {
      const { readForeignRules } = await import('#formats/rules/read-rules.ts');
      const { rules: read, notes } = await readForeignRules(text);
      return { rules: read.map((rule) => Rule.parse(rule)), notes: [...notes] };
    },
    'rules.fromSessions': async ({ ids }) => {
      const taken = new Set(rules.state().rules.rules.map(({ name }) => name));
      const made = [];
      for (const id of ids) {
        const rule = await ruleFromSession(store, id, rules.file, taken);
        taken.add(rule.name);
        made.push(rule);
      }
      return { rules: made };
    },
  };
}
