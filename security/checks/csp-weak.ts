/** What a Content-Security-Policy leaves open: wildcards, inline scripts, eval, and directives that nothing stands in for. */
import type { Evidence } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cheatSheet, TOP, zap } from '../taxonomy.ts';

interface Policy {
  readonly directives: ReadonlyMap<string, readonly string[]>;
  readonly evidence: Evidence;
  /** Some directives have no effect in a META element. */
  readonly meta: boolean;
}

function directivesOf(text: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    const key = name.toLowerCase();
    // The first of a name counts (CSP3 §2.2.1).
    if (key !== '' && !directives.has(key))
      directives.set(
        key,
        sources.map((source) => source.toLowerCase()),
      );
  }
  return directives;
}

function* policiesOf(input: CheckInput): Iterable<Policy> {
  for (const { value, evidence } of factsOf(input).response.get('content-security-policy') ?? []) {
    for (const policy of value.split(',')) {
      if (policy.trim() !== '') yield { directives: directivesOf(policy), evidence, meta: false };
    }
  }
  for (const { name, attributes } of htmlOf(input).tags) {
    const content = attributes.get('content');
    if (name !== 'meta' || content === undefined || content.value === '') continue;
    if (!/^content-security-policy$/i.test(attributes.get('http-equiv')?.value ?? '')) continue;
    yield { directives: directivesOf(content.value), evidence: inBody(content), meta: true };
  }
}

/** Directives that default-src does not stand in for. */
const NO_FALLBACK = ['frame-ancestors', 'form-action'];
const FETCH = [
  'script-src',
  'style-src',
  'img-src',
  'connect-src',
  'frame-src',
  'font-src',
  'media-src',
  'object-src',
  'worker-src',
  'manifest-src',
];
/** Any host of a scheme, or any scheme. */
const ANY = /^(?:\*|https?:(?:\/\/\*)?|wss?:(?:\/\/\*)?)$/;

/** Directive, what is wrong with it, and how grave that is. */
function* faults({ directives, meta }: Policy): Iterable<readonly [string, string, Severity]> {
  const effective = (name: string) => directives.get(name) ?? directives.get('default-src');
  for (const name of FETCH) {
    const sources = effective(name);
    const shownAs = directives.has(name) ? name : 'default-src';
    if (sources === undefined) {
      if (name === 'script-src' || name === 'object-src')
        yield [name, 'is neither set nor covered by default-src', 'medium'];
      continue;
    }
    // With 'strict-dynamic' and a nonce or hash browsers leave hosts and schemes out of account (CSP3 §8.2): those are for old ones.
    const dynamic =
      name === 'script-src' &&
      sources.includes("'strict-dynamic'") &&
      sources.some((source) => /^'(?:nonce-|sha\d+-)/.test(source));
    if (!dynamic && sources.some((source) => ANY.test(source))) yield [shownAs, 'allows any host', 'medium'];
    const strict = sources.some((source) => /^'(?:nonce-|sha\d+-|strict-dynamic)/.test(source));
    if (name === 'script-src') {
      if (sources.includes("'unsafe-inline'") && !strict)
        yield [shownAs, "allows inline scripts ('unsafe-inline')", 'medium'];
      if (sources.includes("'unsafe-eval'")) yield [shownAs, "allows eval ('unsafe-eval')", 'medium'];
      if (sources.includes('data:')) yield [shownAs, 'allows scripts from data: URLs', 'medium'];
    } else if (name === 'style-src' && sources.includes("'unsafe-inline'") && !strict) {
      yield [shownAs, "allows inline styles ('unsafe-inline')", 'low'];
    }
    if (sources.includes("'unsafe-hashes'"))
      yield [shownAs, "allows inline handlers by hash ('unsafe-hashes')", 'low'];
  }
  if (!meta) {
    for (const name of NO_FALLBACK) {
      if (!directives.has(name)) yield [name, 'is not set, and default-src does not stand in for it', 'low'];
    }
  }
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (!factsOf(input).html) return;
  const policies = [...policiesOf(input)];
  // Policies add up: what one forbids is forbidden, so a gap is one only where it is in all of them.
  const said = policies.map(
    (policy) => new Set(Array.from(faults(policy), ([name, fault]) => `${name} ${fault}`)),
  );
  for (const policy of policies.slice(0, 1)) {
    for (const [name, fault, severity] of faults(policy)) {
      if (!said.every((set) => set.has(`${name} ${fault}`))) continue;
      yield { parameter: name, detail: `${name} ${fault}.`, evidence: [policy.evidence], severity };
    }
  }
}

export const cspWeak: Check = {
  info: {
    id: 'csp-weak',
    title: 'Content-Security-Policy leaves gaps',
    severity: 'medium',
    cwe: [693],
    owasp: [API[8], TOP[5]],
    what: 'The policy of a page allows any host, inline scripts, eval or data: scripts, or lacks directives that nothing stands in for.',
    why: 'A policy with such a gap lets through most of what it is there to stop: an injected script runs as if there were none.',
    fix: "Name hosts instead of wildcards, use nonces or hashes instead of 'unsafe-inline', do without eval, and set object-src, frame-ancestors and form-action.",
    references: [zap(10055), 'https://www.w3.org/TR/CSP3/', cheatSheet('Content_Security_Policy')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
