/**
 * One replay: builds each request, lets it begin when the pace says, waits for its answer and compares that with the recorded one. It refuses to
 * send oftener than ten times a second to a host outside the scope, and ends at its bound, at a stop rule or when it is told to.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { SluiceError, toSluiceError } from '#model/errors.ts';
import { combinations } from '#model/replay/combinations.ts';
import { extractor } from '#model/replay/extract.ts';
import {
  type Extraction,
  FREE_RATE,
  MOST_PARALLEL,
  type ReplayPlan,
  type ReplayRow,
} from '#model/replay/plan.ts';
import type { Variable } from '#model/replay/scenario.ts';
import { originalAt, pacedAt, peakRate } from '#model/replay/schedule.ts';
import { stopRules } from '#model/replay/stop-rules.ts';
import type { SessionId } from '#model/session.ts';
import { splitUrl } from '#model/session-fold.ts';
import type { Engine, OutgoingRequest } from '#proxy-core/engine/engine.ts';
import { type Scope, scopeOf } from '#security/probes/scope.ts';
import { differingFields } from './differs.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { type Changer, changer } from './outgoing.ts';
import { answerContent, type RecordedReader, type RecordedSessions, recordedSessions } from './recorded.ts';
import { Chain } from './scenario/chain.ts';
import { scenarioOf } from './scenario/scenario-of.ts';

export interface ReplayParts {
  readonly store: RecordedReader;
  readonly engine: Pick<Engine, 'send' | 'sendTogether'>;
  readonly ends: EndedSessions;
  /** A request is about to be sent. */
  readonly onBegun: () => void;
  readonly onRow: (row: ReplayRow) => void;
}

interface Turn {
  readonly index: number;
  readonly parentId: SessionId;
  readonly values: readonly string[];
}

function* turnsOf(plan: ReplayPlan): Generator<Turn> {
  let index = 0;
  for (let round = 0; round < plan.count; round++) {
    for (const values of combinations(plan)) {
      for (const parentId of plan.ids) {
        index += 1;
        yield { index, parentId, values };
      }
    }
  }
}

const nothing = (_extraction?: Extraction) => () => undefined;

export class ReplayRun {
  readonly #plan: ReplayPlan;
  readonly #parts: ReplayParts;
  readonly #scope: Scope | undefined;
  readonly #changer: Changer;
  readonly #recorded: RecordedSessions;
  readonly #extract: (text: string) => string | undefined;
  readonly #stopFor: ReturnType<typeof stopRules>;
  #variables: readonly Variable[] = [];
  /** Of a scenario: the going through that is under way. */
  #chain: Chain | undefined;
  /** Epoch ms of the recorded beginnings, for the original timing. */
  #times: number[] = [];
  #startedAt = 0;
  #lastBegin = Number.NEGATIVE_INFINITY;

  /** @throws SluiceError `usage` for what in the plan means nothing. */
  constructor(plan: ReplayPlan, parts: ReplayParts) {
    this.#plan = plan;
    this.#parts = parts;
    this.#scope = plan.scope.length > 0 ? scopeOf(plan.scope) : undefined;
    this.#changer = changer(
      plan.change,
      plan.variations.map(({ part }) => part),
      plan.scenario !== undefined,
    );
    this.#recorded = recordedSessions(parts.store, this.#changer.decodes);
    this.#extract = plan.extract === undefined ? nothing() : extractor(plan.extract);
    this.#stopFor = stopRules(plan.stop);
  }

  get #limited(): boolean {
    return peakRate(this.#plan.pace, this.#scope !== undefined) > FREE_RATE;
  }

  /** Looks at every session before anything is sent. @throws SluiceError `not-found`, `not-allowed`, `too-large` and those of requests */
  async prepare(): Promise<void> {
    const { pace, ids, count, scenario } = this.#plan;
    if (scenario !== undefined) {
      if (pace.kind === 'together') {
        throw new SluiceError('usage', 'The requests of a scenario follow each other: choose another pace.');
      }
      const found = await scenarioOf(this.#parts.store, ids);
      this.#variables = found.filter(({ name }) => !scenario.without.includes(name));
    }
    if (pace.kind === 'together') {
      if (this.#parts.engine.sendTogether === undefined) {
        throw new SluiceError(
          'not-allowed',
          'This engine cannot send requests at one moment: use the engine wire.',
        );
      }
      const total = ids.length * count * [...combinations(this.#plan)].length;
      if (total > MOST_PARALLEL) {
        throw new SluiceError('too-large', `At most ${MOST_PARALLEL} requests can be sent at one moment.`);
      }
    }
    const [values = []] = combinations(this.#plan);
    this.#times = [];
    for (const id of ids) {
      const { session, body } = await this.#recorded.request(id);
      this.#times.push(session.row.startedAt);
      this.#demand(this.#changer.request(session, body, values));
    }
  }

  /** @throws SluiceError `not-allowed` for a host that may not get so many. */
  #demand({ url }: OutgoingRequest): void {
    if (!this.#limited) return;
    if (this.#scope !== undefined) {
      this.#scope.demand(splitUrl(url));
      return;
    }
    throw new SluiceError(
      'not-allowed',
      `More than ${FREE_RATE} requests a second go only to hosts that you name as scope: add ${splitUrl(url).host} to it if you may test it.`,
    );
  }

  /** Resolves with why it stopped before its end, if a stop rule says so. Rejects when `signal` is aborted, with its reason. */
  async run(signal: AbortSignal): Promise<string | undefined> {
    this.#startedAt = performance.now();
    return this.#plan.pace.kind === 'together' ? this.#together(signal) : this.#lanes(signal);
  }

  async #build({ index, parentId, values }: Turn): Promise<OutgoingRequest> {
    if (this.#plan.scenario !== undefined && (index - 1) % this.#plan.ids.length === 0) {
      this.#chain = new Chain(this.#variables);
    }
    const { session, body } = await this.#recorded.request(parentId);
    const changed = this.#changer.request(session, body, values);
    const request = this.#chain === undefined ? changed : this.#chain.filled(changed, session, body);
    this.#demand(request);
    return request;
  }

  async #together(signal: AbortSignal): Promise<string | undefined> {
    const turns = [...turnsOf(this.#plan)];
    const requests: OutgoingRequest[] = [];
    for (const turn of turns) requests.push(await this.#build(turn));
    for (const _ of turns) this.#parts.onBegun();
    const ids = (await this.#parts.engine.sendTogether?.(requests)) ?? [];
    const rows = turns.map(async (turn, i) => {
      const id = ids[i];
      if (id !== undefined) await this.#answered(turn, id, 0, signal);
    });
    await Promise.all(rows);
    return undefined;
  }

  async #lanes(signal: AbortSignal): Promise<string | undefined> {
    const { pace } = this.#plan;
    const turns = turnsOf(this.#plan);
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    let reason: string | undefined;
    const lane = async () => {
      for (const turn of turns) {
        await this.#until(turn.index - 1, both);
        reason ??= await this.#one(turn, signal);
        if (reason !== undefined) {
          stop.abort();
          return;
        }
        if (pace.kind === 'paced' && pace.delayMs > 0) await delay(pace.delayMs, undefined, { signal: both });
      }
    };
    const most = pace.kind === 'paced' ? pace.parallel : MOST_PARALLEL;
    const lanes = Array.from({ length: this.#plan.scenario === undefined ? most : 1 }, () =>
      lane().catch((error: unknown) => {
        // The others end when one has found a reason.
        if (reason === undefined) throw error;
      }),
    );
    try {
      await Promise.all(lanes);
    } catch (error) {
      stop.abort();
      await Promise.allSettled(lanes);
      throw error;
    }
    return reason;
  }

  /** Waits until the request with this number may begin. Whoever comes late does not make up for it: the rate is never exceeded. */
  async #until(i: number, signal: AbortSignal): Promise<void> {
    const gap = 1000 / peakRate(this.#plan.pace, this.#scope !== undefined);
    const now = performance.now();
    const begin = Math.max(this.#startedAt + this.#scheduled(i), this.#lastBegin + gap, now);
    this.#lastBegin = begin;
    signal.throwIfAborted();
    if (begin > now) await delay(begin - now, undefined, { signal });
  }

  #scheduledAt: ((i: number) => number) | undefined;
  #scheduled(i: number): number {
    const { pace } = this.#plan;
    this.#scheduledAt ??=
      pace.kind === 'paced'
        ? (n) => pacedAt(n, pace)
        : originalAt(this.#times, {
            speed: pace.kind === 'original' ? pace.speed : 1,
            rate: peakRate(pace, this.#scope !== undefined),
          });
    return this.#scheduledAt(i);
  }

  /** Sends one and waits for its end; answers why to stop. */
  async #one(turn: Turn, signal: AbortSignal): Promise<string | undefined> {
    const request = await this.#build(turn);
    this.#parts.onBegun();
    const atMs = performance.now() - this.#startedAt;
    let id: SessionId;
    try {
      id = await this.#parts.engine.send(request);
    } catch (error) {
      // What cannot be put on the wire with these values is one row; the others may go.
      const failure = toSluiceError(error).message;
      const row = { ...turn, values: [...turn.values], atMs, failure, size: 0, differs: [] };
      this.#parts.onRow(row);
      return this.#stopFor({ row, text: '', elapsedMs: atMs });
    }
    return this.#answered(turn, id, atMs, signal);
  }

  async #answered(turn: Turn, id: SessionId, atMs: number, signal: AbortSignal): Promise<string | undefined> {
    const { store, ends, onRow } = this.#parts;
    await ends.after(id, signal);
    const session = await store.get(id);
    if (session === undefined) return undefined;
    const { row } = session;
    const { session: parent } = await this.#recorded.request(turn.parentId);
    const [{ text, fields }, recorded] = await Promise.all([
      answerContent(store, session),
      this.#recorded.answer(turn.parentId),
    ]);
    const extracted = this.#extract(text);
    // Before what differs is asked: values that follow from it are no difference.
    const given = this.#chain?.answered(turn.parentId, session, text);
    const made: ReplayRow = {
      index: turn.index,
      parentId: turn.parentId,
      id,
      values: [...turn.values],
      atMs,
      ...(row.status === undefined ? {} : { status: row.status }),
      ...(row.error === undefined ? {} : { failure: row.error }),
      size: row.responseBodySize,
      ...(row.durationMs === undefined ? {} : { durationMs: row.durationMs }),
      sizeChange: row.responseBodySize - parent.row.responseBodySize,
      ...(row.durationMs === undefined || parent.row.durationMs === undefined
        ? {}
        : { durationChange: row.durationMs - parent.row.durationMs }),
      differs: differingFields(recorded.fields, fields, this.#chain?.same),
      ...(extracted === undefined ? {} : { extracted }),
      ...given,
    };
    onRow(made);
    const elapsedMs = performance.now() - this.#startedAt;
    return this.#stopFor({
      row: made,
      text: extracted ?? (this.#plan.extract === undefined ? text : ''),
      elapsedMs,
    });
  }
}
