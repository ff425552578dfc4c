/** What a rule would have done to the sessions of a capture: counted over all of them, shown for the first few. Nothing is sent and nothing changed. */
import { dirname } from 'node:path';
import type { DryRun } from '#model/contract/rules.ts';
import { SluiceError } from '#model/errors.ts';
import { parseFilter } from '#model/filter/parse.ts';
import type { Rule } from '#model/rules/rule.ts';
import type { RuleChange, RuleTouch } from '#model/rules/touch.ts';
import type { BodySide, Session, SessionRow } from '#model/session.ts';
import { parseAbsolute } from '#proxy-core/engine/target.ts';
import { ActionError } from '#proxy-core/intercept/action-error.ts';
import { GO_ON } from '#proxy-core/intercept/breakpoints.ts';
import { type CompiledRule, compileRules, type ReadyStep } from '#proxy-core/intercept/compile-rule.ts';
import { draftRequest, draftResponse, type RequestDraft } from '#proxy-core/intercept/drafts.ts';
import { runSteps, type StepEnvironment } from '#proxy-core/intercept/run-steps.ts';
import { restBehind } from '#proxy-core/intercept/url-test.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { bodySize, readCaptured } from '../bodies.ts';
import { sessionAnswer } from './session-answer.ts';

const PAGE = 1000;
const EXAMPLES = 5;
/** Of one body: enough to see what a rule does. */
const MAX_BODY = 1024 * 1024;

/** Steps whose effect does not depend on what is in the message. */
const certain = ({ step }: ReadyStep) => step.kind !== 'head' && step.kind !== 'content';

function environment(
  store: CaptureStore,
  session: Session,
  side: BodySide,
  request: RequestDraft,
  touches: RuleTouch[],
): StepEnvironment {
  const size = bodySize(session, side);
  return {
    request,
    session: session.row.id,
    hasBody: size > 0,
    attended: false,
    collect: async () => {
      if (size > MAX_BODY) throw new ActionError('The body is too large to be tried out.');
      return Buffer.from(await readCaptured(store, session, side));
    },
    sleep: async () => {},
    pause: async () => GO_ON,
    touched: (touch) => void touches.push(touch),
    failed: () => {},
    note: () => {},
    throttle: () => {},
    detour: () => {},
  };
}

async function changesOf(store: CaptureStore, session: Session, rule: CompiledRule): Promise<RuleChange[]> {
  const target = parseAbsolute(session.row.url);
  if (target === undefined) return [];
  const touches: RuleTouch[] = [];
  const rest = restBehind(rule.condition.url, session.row.url);
  const request = draftRequest(session.request.head, target);
  const steps = rule.request.map((step) => ({ ...step, rest }));
  const verdict = await runSteps(steps, request, environment(store, session, 'request', request, touches));
  if (verdict.kind === 'answer') {
    const before = session.response === undefined ? {} : { before: String(session.response.head.status) };
    return [
      ...touches.flatMap(({ changes }) => changes),
      { part: 'response', ...before, after: `${verdict.answer.status}, from the rule` },
    ];
  }
  if (verdict.kind !== 'go') return [{ part: 'response', after: `none: ${verdict.kind}` }];
  if (session.response !== undefined) {
    const response = draftResponse(session.response.head);
    const later = rule.response.map((step) => ({ ...step, rest }));
    await runSteps(later, response, environment(store, session, 'response', request, touches));
  }
  return touches.flatMap(({ changes, action, problem }) =>
    problem !== undefined ? [] : changes.length > 0 ? changes : [{ part: 'session', after: action }],
  );
}

/** @throws SluiceError `bad-rules` when the rule cannot be done */
export async function tryOut(store: CaptureStore, rule: Rule, ruleFile: string): Promise<DryRun> {
  const set = { version: 1 as const, groups: [], rules: [{ ...rule, enabled: true, group: undefined }] };
  const sources = { folder: dirname(ruleFile), session: (id: number) => sessionAnswer(store, id) };
  const compiled = compileRules(set, sources);
  if (!compiled.ok)
    throw new SluiceError('bad-rules', compiled.problems[0]?.message ?? 'The rule cannot be used.');
  const [ready] = compiled.rules;
  const result: DryRun = { matched: 0, changed: 0, total: 0, examples: [] };
  if (ready === undefined) return result;
  const { condition } = ready;
  const matches = (row: SessionRow) =>
    condition.request(row) && (condition.response === undefined || condition.response(row));
  const always =
    [...ready.request, ...ready.response].some(certain) || ready.hides || ready.messages.length > 0;
  const all = parseFilter('');
  if (!all.ok) throw new TypeError('the empty filter parses');
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.query({
      filter: all.filter,
      order: { by: 'id', descending: false },
      offset,
      limit: PAGE,
    });
    result.total = page.total;
    for (const row of page.rows) {
      if (row.kind === 'tunnel' || !matches(row)) continue;
      result.matched += 1;
      const wanted = result.examples.length < EXAMPLES;
      if (always && !wanted) {
        result.changed += 1;
        continue;
      }
      const session = await store.get(row.id);
      const changes = session === undefined ? [] : await changesOf(store, session, ready);
      if (changes.length === 0 && !always) continue;
      result.changed += 1;
      if (wanted) result.examples.push({ id: row.id, url: row.url, changes });
    }
    if (page.rows.length < PAGE) return result;
  }
}
