/** A rule made ready: its conditions as functions, its actions as steps by the moment at which they are done. */

import { toSluiceError } from '#model/errors.ts';
import { type Action, momentOf } from '#model/rules/action.ts';
import { explainAction } from '#model/rules/explain.ts';
import { enabledRules, type Rule, type RuleProblem, type RuleSet } from '#model/rules/rule.ts';
import type { Sources } from './answer.ts';
import { messageStepOf, stepOf } from './compile-action.ts';
import { type Condition, conditionOf } from './condition.ts';
import { mayWant } from './script-port.ts';
import type { MessageStep, Step } from './step.ts';

/** A step with what is said of it. */
export interface ReadyStep {
  readonly step: Step;
  readonly rule: CompiledRule;
  readonly words: string;
}

export interface ReadyMessageStep {
  readonly step: MessageStep;
  readonly rule: string;
  readonly words: string;
}

export interface CompiledRule {
  readonly name: string;
  readonly condition: Condition;
  readonly times: number;
  readonly request: readonly ReadyStep[];
  readonly response: readonly ReadyStep[];
  /** For each message of a WebSocket or an event stream; none: they pass. */
  readonly messages: readonly ReadyMessageStep[];
  readonly hides: boolean;
  readonly passesTls: boolean;
  readonly stops: boolean;
}

export type CompileResult =
  | { readonly ok: true; readonly rules: readonly CompiledRule[] }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

const has = (rule: Rule, name: Action['action']) => rule.actions.some(({ action }) => action === name);

function compile(
  rule: Rule,
  sources: Sources,
  condition: Condition,
  wanted: boolean,
  problem: (index: number, error: unknown) => void,
): CompiledRule {
  const request: ReadyStep[] = [];
  const response: ReadyStep[] = [];
  const messages: ReadyMessageStep[] = [];
  const compiled: { -readonly [K in keyof CompiledRule]: CompiledRule[K] } = {
    name: rule.name,
    condition,
    times: rule.times ?? Number.POSITIVE_INFINITY,
    request,
    response,
    messages,
    hides: has(rule, 'hide'),
    passesTls: has(rule, 'no-decrypt'),
    stops: has(rule, 'stop'),
  };
  for (const [index, action] of rule.actions.entries()) {
    try {
      const step = stepOf(action, sources, wanted);
      const words = explainAction(action);
      const message = messageStepOf(action, step);
      if (message !== undefined) messages.push({ step: message, rule: rule.name, words });
      if (step === undefined || message?.kind === 'break') continue;
      const ready = { step, rule: compiled, words };
      if (step.kind === 'script') {
        if (mayWant(step.script, 'request') && condition.response === undefined) request.push(ready);
        if (mayWant(step.script, 'response')) response.push(ready);
        continue;
      }
      const moment = momentOf(action);
      const late = moment === 'any' && condition.response !== undefined;
      if ((moment === 'request' || moment === 'both' || moment === 'any') && !late) request.push(ready);
      // A network is slow both ways, and is said once.
      if (moment === 'response' || late || (moment === 'both' && step.kind !== 'throttle'))
        response.push(ready);
    } catch (error) {
      problem(index, error);
    }
  }
  return compiled;
}

/** All rules that are on, or all that is wrong with any of the set. */
export function compileRules(set: RuleSet, sources: Sources): CompileResult {
  const problems: RuleProblem[] = [];
  const enabled = new Set(enabledRules(set));
  const rules: CompiledRule[] = [];
  for (const [index, rule] of set.rules.entries()) {
    const problem = (path: readonly (string | number)[], error: unknown) =>
      problems.push({ path: ['rules', index, ...path], message: toSluiceError(error).message });
    let condition: Condition;
    try {
      condition = conditionOf(rule.when);
    } catch (error) {
      problem(['when', 'url', 'regex'], error);
      continue;
    }
    const compiled = compile(rule, sources, condition, enabled.has(rule), (action, error) =>
      problem(['actions', action], error),
    );
    if (enabled.has(rule)) rules.push(compiled);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules };
}
