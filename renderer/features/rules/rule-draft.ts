/** A rule as its form holds it: texts, whatever they say. Reading it gives the rule, or what is wrong. Pure. */
import { conditionsOf, type UrlForm } from '#model/rules/matcher.ts';
import { Rule } from '#model/rules/rule.ts';
import { type ActionText, actionOfText, textOfAction } from './action-form.ts';

export const URL_FORMS = ['none', 'exact', 'prefix', 'wildcard', 'regex'] as const;
export type UrlFormName = (typeof URL_FORMS)[number];

export interface RuleDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly group: string;
  readonly note: string;
  readonly urlForm: UrlFormName;
  readonly url: string;
  readonly request: string;
  readonly response: string;
  readonly chance: string;
  readonly times: string;
  readonly actions: readonly ActionText[];
}

function urlOf(form: UrlForm | undefined): Pick<RuleDraft, 'urlForm' | 'url'> {
  const [entry] = Object.entries(form ?? {});
  return entry === undefined
    ? { urlForm: 'none', url: '' }
    : { urlForm: entry[0] as UrlFormName, url: entry[1] };
}

export function draftOfRule(rule: Rule): RuleDraft {
  const { url, request = '', response = '', chance } = conditionsOf(rule.when);
  return {
    name: rule.name,
    enabled: rule.enabled,
    group: rule.group ?? '',
    note: rule.note ?? '',
    ...urlOf(url),
    request,
    response,
    chance: chance === undefined ? '' : String(chance),
    times: rule.times === undefined ? '' : String(rule.times),
    actions: rule.actions.map(textOfAction),
  };
}

export type RuleOfDraft =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly problem: string };

export function ruleOfDraft(draft: RuleDraft): RuleOfDraft {
  const { urlForm, url, request, response, chance, times, group, note } = draft;
  const conditions = {
    ...(urlForm === 'none' ? {} : { url: { [urlForm]: url } }),
    ...(request.trim() === '' ? {} : { request: request.trim() }),
    ...(response.trim() === '' ? {} : { response: response.trim() }),
    ...(chance.trim() === '' ? {} : { chance: Number(chance) }),
  };
  const keys = Object.keys(conditions);
  const simple = keys.length === 0 || (keys.length === 1 && keys[0] === 'request');
  const result = Rule.safeParse({
    name: draft.name,
    enabled: draft.enabled,
    ...(group.trim() === '' ? {} : { group: group.trim() }),
    ...(note.trim() === '' ? {} : { note }),
    when: simple ? request.trim() : conditions,
    ...(times.trim() === '' ? {} : { times: Number(times) }),
    actions: draft.actions.map(actionOfText),
  });
  if (result.success) return { ok: true, rule: result.data };
  const [issue] = result.error.issues;
  return { ok: false, problem: issue === undefined ? '' : problemText(issue) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** Where and what, in a line; of alternatives what the one that went furthest says. */
function problemText({ path, message, errors }: Issue, before: readonly PropertyKey[] = []): string {
  const whole = [...before, ...path];
  const deepest = errors?.flat().toSorted((a, b) => b.path.length - a.path.length)[0];
  if (deepest !== undefined) return problemText(deepest, whole);
  const where = whole.map((key) => (typeof key === 'number' ? key + 1 : String(key))).join(' ');
  return where === '' ? message : `${where}: ${message}`;
}
