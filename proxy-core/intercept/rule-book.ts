/**
 * The rules in force, found fast: which of them can be for a host and a method at all is worked out once for each pair and remembered, so that a request
 * that no rule is for costs one look-up.
 */
import type { RequestHead, ResponseHead, SessionKind, SessionRow } from '#model/session.ts';
import { responseMime, splitUrl } from '#model/session-fold.ts';
import type { CompiledRule, ReadyMessageStep, ReadyStep } from './compile-rule.ts';
import type { Tallies } from './tallies.ts';
import { restBehind } from './url-test.ts';

/** Hosts are the clients' to choose. */
const MAX_REMEMBERED = 4096;
const NONE: readonly CompiledRule[] = [];
const NO_STEPS: readonly ReadyMessageStep[] = [];

/** What is asked about: a request as it came. */
export interface Asked {
  readonly head: RequestHead;
  readonly url: string;
  /** Lower case, IPv6 without brackets. */
  readonly host: string;
  readonly kind: SessionKind;
  readonly bodySize: number;
}

export interface MatchedRule {
  readonly rule: CompiledRule;
  /** See `StepContext`. */
  readonly rest: string;
}

/** What rules have to do with one request. */
export interface Plan {
  readonly row: SessionRow;
  readonly rules: readonly MatchedRule[];
  readonly hides: boolean;
  /** In order; none: messages pass. */
  readonly messages: readonly ReadyMessageStep[];
}

function rowOf({ head, url, kind, bodySize }: Asked): SessionRow {
  return {
    id: 0,
    kind,
    source: 'proxy',
    state: 'active',
    startedAt: Date.now(),
    method: head.method,
    url,
    ...splitUrl(url),
    httpVersion: head.httpVersion,
    requestBodySize: bodySize,
    responseBodySize: 0,
    findings: 0,
    mark: 0,
  };
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

export class RuleBook {
  readonly #rules: readonly CompiledRule[];
  readonly #tallies: Tallies;
  readonly #random: () => number;
  readonly #candidates = new Map<string, readonly CompiledRule[]>();
  readonly #passing: readonly CompiledRule[];

  constructor(rules: readonly CompiledRule[], tallies: Tallies, random: () => number = Math.random) {
    this.#rules = rules;
    this.#tallies = tallies;
    this.#random = random;
    this.#passing = rules.filter(({ passesTls }) => passesTls);
  }

  get size(): number {
    return this.#rules.length;
  }

  /** Undefined: no rule is for it. */
  plan(asked: Asked): Plan | undefined {
    const candidates = this.#candidatesFor(asked.host, asked.head.method);
    if (candidates.length === 0) return undefined;
    const row = rowOf(asked);
    const rules: MatchedRule[] = [];
    let hides = false;
    let messages: readonly ReadyMessageStep[] = NO_STEPS;
    for (const rule of candidates) {
      const { condition } = rule;
      if (!condition.request(row) || this.#tallies.matches(rule.name) >= rule.times) continue;
      if (condition.chance < 1 && this.#random() >= condition.chance) continue;
      rules.push({ rule, rest: restBehind(condition.url, row.url) });
      hides ||= rule.hides;
      if (rule.messages.length > 0) messages = [...messages, ...rule.messages];
      if (condition.response !== undefined) continue;
      this.#tallies.matched(rule.name);
      if (rule.stops) break;
    }
    return rules.length === 0 ? undefined : { row, rules, hides, messages };
  }

  /** The steps of the rules that the response, too, is right for. */
  responseSteps(
    { row, rules }: Plan,
    head: ResponseHead,
    bodySize: number,
  ): (ReadyStep & { rest: string })[] {
    const answered: SessionRow = { ...row, status: head.status, responseBodySize: bodySize };
    const mime = responseMime(head.headers);
    if (mime !== undefined) answered.mime = mime;
    const steps: (ReadyStep & { rest: string })[] = [];
    for (const { rule, rest } of rules) {
      const { response } = rule.condition;
      if (response !== undefined) {
        if (!response(answered) || this.#tallies.matches(rule.name) >= rule.times) continue;
        this.#tallies.matched(rule.name);
      }
      for (const step of rule.response) steps.push({ ...step, rest });
      if (response !== undefined && rule.stops) break;
    }
    return steps;
  }

  /** The rule by which TLS for that host is not decrypted. */
  passes(host: string, port: number): CompiledRule | undefined {
    if (this.#passing.length === 0) return undefined;
    const url = `https://${bracketed(host.toLowerCase())}${port === 443 ? '' : `:${port}`}/`;
    const head = { method: 'CONNECT', target: url, httpVersion: 'HTTP/1.1', headers: [] };
    const row = rowOf({ head, url, host, kind: 'tunnel', bodySize: 0 });
    const rule = this.#passing.find(({ condition }) => condition.request(row));
    if (rule !== undefined) this.#tallies.matched(rule.name);
    return rule;
  }

  #candidatesFor(host: string, method: string): readonly CompiledRule[] {
    const key = `${method} ${host}`;
    const known = this.#candidates.get(key);
    if (known !== undefined) return known;
    const shown = bracketed(host);
    const found = this.#rules.filter(
      ({ condition, passesTls, request, response }) =>
        condition.may(shown, method) && !(passesTls && request.length + response.length === 0),
    );
    if (this.#candidates.size >= MAX_REMEMBERED) this.#candidates.clear();
    this.#candidates.set(key, found.length === 0 ? NONE : found);
    return found;
  }
}
