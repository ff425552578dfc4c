/**
 * Does the steps of rules with one message, in order. Stays synchronous for as long as no step has to wait, so that edits of heads cost no turn of the
 * event loop. A step that fails leaves the message as it was before it, and is told of. Knows nothing of connections: `StepEnvironment` is its hands.
 */
import { toSluiceError } from '#model/errors.ts';
import type { PausedResolution } from '#model/rules/paused.ts';
import type { Network } from '#model/rules/throttle.ts';
import type { RuleTouch } from '#model/rules/touch.ts';
import type { SessionId } from '#model/session.ts';
import { parseAbsolute } from '../engine/target.ts';
import type { Detour } from '../engine/upstream/detour.ts';
import { ActionError } from './action-error.ts';
import type { Answer } from './answer.ts';
import { changesBetween } from './changes.ts';
import type { ReadyStep } from './compile-rule.ts';
import { codingsOf, decodeContent } from './content-codings.ts';
import { type MessageDraft, type RequestDraft, restore, snapshot } from './drafts.ts';
import type { ScriptPort } from './script-port.ts';
import type { Note } from './step.ts';

/** A body that a rule wants whole is held up to this size, on the wire and decoded; a larger one is passed on unchanged. */
export const MAX_CONTENT_BYTES = 16 * 1024 * 1024;

/** How a message goes on after its steps. */
export type Verdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'close' | 'reset' | 'hang'; readonly rule: string };

export const GO: Verdict = { kind: 'go' };

export interface StepEnvironment {
  /** As it stands, or, with a response, as it went on. */
  readonly request: RequestDraft;
  /** 0 where it is not recorded. */
  readonly session: SessionId;
  /** The whole body as it came, still coded. @throws ActionError when there is none to be had */
  collect(): Promise<Buffer>;
  /** Whether there is a body at all. */
  readonly hasBody: boolean;
  /** Whether somebody could say how a paused message goes on. */
  readonly attended: boolean;
  /** Resolves early when the client has left. */
  sleep(ms: number): Promise<void>;
  pause(draft: MessageDraft, limitMs: number, rule: string): Promise<PausedResolution>;
  touched(touch: RuleTouch): void;
  failed(rule: string): void;
  note(note: Note): void;
  throttle(network: Network): void;
  detour(detour: Detour): void;
}

export type PlacedStep = ReadyStep & { readonly rest: string };

export function runSteps(
  steps: readonly PlacedStep[],
  draft: MessageDraft,
  environment: StepEnvironment,
  from = 0,
): Verdict | Promise<Verdict> {
  for (let i = from; i < steps.length; i += 1) {
    const step = steps[i];
    if (step === undefined) break;
    const done = runStep(step, draft, environment);
    if (done instanceof Promise) {
      return done.then((verdict) =>
        verdict.kind === 'go' ? runSteps(steps, draft, environment, i + 1) : verdict,
      );
    }
    if (done.kind !== 'go') return done;
  }
  return GO;
}

/** @throws ActionError for what cannot be had or read */
async function needContent(
  draft: MessageDraft,
  before: MessageDraft,
  environment: StepEnvironment,
): Promise<Buffer> {
  if (draft.content !== undefined) return draft.content;
  const bytes = environment.hasBody ? await environment.collect() : Buffer.alloc(0);
  draft.content = await decodeContent(bytes, codingsOf(draft.headers), MAX_CONTENT_BYTES);
  // It was there before, only nobody had looked.
  before.content = draft.content;
  return draft.content;
}

function runStep(
  placed: PlacedStep,
  draft: MessageDraft,
  environment: StepEnvironment,
): Verdict | Promise<Verdict> {
  const { rule, words, step } = placed;
  if (step.kind === 'break' && !environment.attended) return GO;
  const before = snapshot(draft);
  const succeeded = (verdict: Verdict): Verdict => {
    const changes = changesBetween(before, draft);
    const silent =
      step.kind === 'head' || step.kind === 'content' || (step.kind === 'script' && verdict.kind === 'go');
    if (!silent || changes.length > 0) environment.touched({ rule: rule.name, action: words, changes });
    return verdict;
  };
  const failed = (error: unknown): Verdict => {
    restore(draft, before);
    const problem = error instanceof ActionError ? error.message : toSluiceError(error).message;
    environment.touched({ rule: rule.name, action: words, changes: [], problem });
    environment.failed(rule.name);
    return GO;
  };
  try {
    const done = perform(placed, draft, before, environment);
    return done instanceof Promise ? done.then(succeeded, failed) : succeeded(done);
  } catch (error) {
    return failed(error);
  }
}

function perform(
  { step, rule, rest }: PlacedStep,
  draft: MessageDraft,
  before: MessageDraft,
  environment: StepEnvironment,
): Verdict | Promise<Verdict> {
  const context = { request: environment.request, rest };
  switch (step.kind) {
    case 'head':
      step.apply(draft, context);
      return GO;
    case 'content':
      return (async () => {
        // A response without a body (RFC 9110 §6.4.1) gets none.
        if (draft.side === 'response' && !environment.hasBody)
          throw new ActionError('The response has no body.');
        const content = await needContent(draft, before, environment);
        await step.apply(Object.assign(draft, { content }));
        return GO;
      })();
    case 'answer':
      return (async () => {
        if (draft.side !== 'request') return GO;
        if (step.needsContent) await needContent(draft, before, environment);
        const answer = await step.make(draft, context);
        return answer === undefined ? GO : { kind: 'answer' as const, answer };
      })();
    case 'cut':
      return { kind: step.how, rule: rule.name };
    case 'delay':
      return environment.sleep(step.ms).then(() => GO);
    case 'throttle':
      environment.throttle(step.network);
      return GO;
    case 'note':
      environment.note(step.note);
      return GO;
    case 'detour':
      environment.detour(step.detour);
      return GO;
    case 'script':
      return askScript(step.script, draft, before, environment, rule.name);
    case 'break':
      return pauseAt(draft, before, environment, step.limitMs, rule.name);
  }
}

async function pauseAt(
  draft: MessageDraft,
  before: MessageDraft,
  environment: StepEnvironment,
  limitMs: number,
  rule: string,
): Promise<Verdict> {
  // What cannot be held or read is paused without its body.
  await needContent(draft, before, environment).catch(() => undefined);
  return goingOn(await environment.pause(draft, limitMs, rule), draft, rule);
}

async function askScript(
  script: ScriptPort,
  draft: MessageDraft,
  before: MessageDraft,
  environment: StepEnvironment,
  rule: string,
): Promise<Verdict> {
  const { request, session } = environment;
  const content = () => needContent(draft, before, environment);
  const { resolution, note } = await script.head({ draft, request, session, content });
  if (resolution.kind === 'go' && resolution.content !== undefined) {
    if (draft.side === 'response' && !environment.hasBody) throw new ActionError('The response has no body.');
    // The one that came must be here, or the rest of it would follow the new one.
    await content();
  }
  const verdict = goingOn(resolution, draft, rule);
  if (note.mark !== undefined || note.comment !== undefined) environment.note(note);
  return verdict;
}

/** Takes over what was decided, at a breakpoint or by a script. */
function goingOn(resolution: PausedResolution, draft: MessageDraft, rule: string): Verdict {
  switch (resolution.kind) {
    case 'drop':
      return { kind: 'close', rule };
    case 'answer':
      return {
        kind: 'answer',
        answer: {
          status: resolution.status,
          headers: resolution.headers ?? [],
          body: Buffer.from(resolution.content ?? []),
        },
      };
    case 'go':
      edit(draft, resolution);
      return GO;
  }
}

/** Takes over what was edited. */
function edit(draft: MessageDraft, given: Extract<PausedResolution, { kind: 'go' }>): void {
  if (given.headers !== undefined) draft.headers = [...given.headers];
  if (given.content !== undefined && !draft.content?.equals(given.content)) {
    draft.content = Buffer.from(given.content);
    draft.contentChanged = true;
  }
  if (draft.side === 'response') {
    if (given.status !== undefined && given.status !== draft.status) {
      draft.status = given.status;
      draft.reason = given.reason ?? '';
    } else if (given.reason !== undefined) draft.reason = given.reason;
    return;
  }
  if (given.method !== undefined) draft.method = given.method;
  if (given.url === undefined || given.url === draft.target.url) return;
  const target = parseAbsolute(given.url);
  if (target === undefined) throw new ActionError('This is not an http or https URL.');
  draft.target = target;
}
