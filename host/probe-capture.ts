/**
 * Runs a probe over sessions of a capture: plans, sends one request after the other at the pace it is given, and has the answers judged. What
 * is sent is asked of the scope once more at the last moment.
 */
import type { OutgoingRequest } from '#model/contract/contract.ts';
import { SluiceError } from '#model/errors.ts';
import type { Finding } from '#model/finding.ts';
import type { Session, SessionId } from '#model/session.ts';
import { splitUrl } from '#model/session-fold.ts';
import type { Answered, Probe, Verdict } from '#security/probes/probe.ts';
import { OUT_OF_SCOPE, type PlanOptions, ProbePlan, type Target } from '#security/probes/probe-plan.ts';
import { type ProbeResult, probeFinding } from '#security/probes/probe-result.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { readCaptured, readDecoded } from './bodies.ts';
import type { Pacer } from './pacer.ts';
import { resendable } from './resendable.ts';

/** What is compared of an answer. */
export const COMPARED_BYTES = 1024 * 1024;

type Reader = Pick<CaptureStore, 'get' | 'readBody' | 'messages'>;

/** Reads the sessions and plans. @throws SluiceError `not-allowed` when there are some and all are outside the scope. */
export async function planProbe(
  store: Pick<CaptureStore, 'get'>,
  ids: readonly SessionId[],
  probe: Probe,
  options: PlanOptions,
): Promise<ProbePlan> {
  const plan = new ProbePlan(probe, options);
  for (const id of ids) {
    const session = await store.get(id);
    if (session) plan.add(session);
  }
  if (ids.length > 0 && plan.skipped.get(OUT_OF_SCOPE) === ids.length) {
    throw new SluiceError(
      'not-allowed',
      'All of these sessions are outside the scope, and nothing was sent: name their hosts with --scope if you may test them.',
    );
  }
  return plan;
}

export interface ProbeOptions {
  readonly store: Reader;
  readonly probe: Probe;
  readonly scope: PlanOptions['scope'];
  readonly pacer: Pacer;
  /** Sends and waits for the answer. */
  readonly send: (request: OutgoingRequest) => Promise<Answered>;
}

/** Sends for each target; yields what came of it. @throws SluiceError `not-allowed`, and what `send` throws. */
export async function* runProbe(
  targets: readonly Target[],
  { store, probe, scope, pacer, send }: ProbeOptions,
): AsyncGenerator<ProbeResult> {
  for (const { session, endpoint, request } of targets) {
    scope.demand(splitUrl(request.url));
    await pacer.turn();
    const answer = await send({
      method: session.row.method,
      url: request.url,
      headers: resendable(request.headers),
      body: new Uint8Array(await readCaptured(store, session, 'request')),
      source: 'replay',
      parentId: session.row.id,
    });
    const { bytes } = await readDecoded(store, session, 'response', COMPARED_BYTES);
    const verdict = probe.judge({ session, responseBody: bytes }, answer, request);
    yield resultOf(session, endpoint, answer.session, probe, verdict);
  }
}

function resultOf(
  recorded: Session,
  endpoint: string,
  answer: Session,
  probe: Probe,
  verdict: Verdict,
): ProbeResult {
  const finding: Finding | undefined =
    verdict.kind === 'open' ? probeFinding(probe, answer, endpoint, verdict.draft) : undefined;
  return {
    probeId: probe.info.id,
    endpoint,
    recordedId: recorded.row.id,
    recordedStatus: recorded.row.status,
    sessionId: answer.row.id,
    status: answer.row.status,
    verdict: verdict.kind,
    reason: verdict.reason,
    finding,
  };
}
