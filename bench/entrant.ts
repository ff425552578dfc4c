/**
 * A peer during one scenario: started afresh, given turns, ended, and what came of it. Whatever goes wrong is kept as the reason why there
 * are no figures, and ends the peer; it does not end the run.
 */
import { mkdir, rm } from 'node:fs/promises';
import { NotSpoken } from './load/connection.ts';
import { within } from './load/within.ts';
import type { Peer, PeerContext, Recorded, RunningPeer } from './peers/peer.ts';
import type { PeerResult } from './results.ts';
import type { Scenario, Turn } from './scenarios/scenario.ts';
import { untilIdle } from './system/idle.ts';
import { cpuSeconds } from './system/process-tree.ts';
import { residentOf } from './system/resident-watch.ts';

const START_LIMIT_MS = 60_000;
/** Longer than any scenario means to take. */
const TURN_LIMIT_MS = 240_000;
/** The scenario after which a capture is listed: that takes as long as the capture is large. */
const LISTED = 'https-1kb';

export type TurnSettings = Omit<Turn, 'peer' | 'route' | 'cpuSeconds' | 'residentBytes'>;

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

export class Entrant {
  readonly peer: Peer;
  readonly #scenario: Scenario;
  readonly #context: PeerContext;
  readonly #rounds: Record<string, number>[] = [];
  readonly #settling: number[] = [];
  #running: RunningPeer | undefined;
  #requests = 0;
  #problem: string | undefined;
  #notSpoken = false;
  #recorded: Recorded | undefined;

  /** `context.folder` is made and removed again; what `context.processes` still runs in the end is ended. */
  constructor(peer: Peer, scenario: Scenario, context: PeerContext) {
    this.peer = peer;
    this.#scenario = scenario;
    this.#context = context;
  }

  /** Whether it can take a turn. */
  get running(): boolean {
    return this.#running !== undefined;
  }

  async start(): Promise<void> {
    try {
      await mkdir(this.#context.folder, { mode: 0o755 });
      const late = `had not started after ${START_LIMIT_MS / 1000} s`;
      this.#running = await within(this.peer.start(this.#context), START_LIMIT_MS, late);
      await this.#settle();
      this.#context.processes.pause();
    } catch (error) {
      this.#fail(error);
      await this.end();
    }
  }

  /**
   * One turn. After the last one the peer is ended; else it is given the time to finish what it has put off, and then stopped until its next
   * turn: what it has not finished by then it does in its own time, not in another's.
   */
  async turn(settings: TurnSettings, last: boolean): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#context.processes.resume();
    const { pid, route } = running;
    const turn: Turn = {
      ...settings,
      peer: this.peer.name,
      route,
      cpuSeconds: pid === undefined ? undefined : () => cpuSeconds(pid),
      residentBytes: residentOf(pid),
    };
    try {
      const late = `was not done after ${TURN_LIMIT_MS / 1000} s`;
      const { values, requests } = await within(this.#scenario.run(turn), TURN_LIMIT_MS, late);
      this.#rounds.push({ ...values });
      this.#requests += requests;
      if (!last || this.peer.records) this.#settling.push(await this.#settle());
      if (last) await this.end();
      else this.#context.processes.pause();
    } catch (error) {
      this.#fail(error);
      // What it may still be busy with is not to disturb the others.
      await this.end();
    }
  }

  /** Idempotent. */
  async end(): Promise<void> {
    this.#context.processes.resume();
    const running = this.#running;
    this.#running = undefined;
    try {
      this.#recorded ??= await running?.stop(this.#scenario.name === LISTED);
    } catch (error) {
      // The first reason is the one that explains.
      if (this.#problem === undefined) this.#fail(error);
    }
    await this.#context.processes[Symbol.asyncDispose]();
    await rm(this.#context.folder, { recursive: true, force: true });
  }

  /** The last turn in one line. */
  told(): string {
    const values = this.#rounds.at(-1);
    if (this.#problem !== undefined || !values) return this.#problem ?? 'nothing';
    return this.#scenario.metrics
      .filter(({ id }) => values[id] !== undefined)
      .map(({ id, title, digits = 0 }) => `${title} ${values[id]?.toFixed(digits)}`)
      .join(', ');
  }

  result(): PeerResult {
    const problem = this.#problem;
    // A turn that failed made requests that nobody counted.
    const recorded = problem === undefined ? this.#recorded : undefined;
    return {
      peer: this.peer.name,
      rounds: this.#rounds,
      settling: this.#settling,
      ...(problem === undefined ? {} : { problem, notSpoken: this.#notSpoken }),
      ...(recorded ? { recorded: { ...recorded, requests: this.#requests } } : {}),
    };
  }

  async #settle(): Promise<number> {
    const pid = this.#running?.pid;
    return pid === undefined ? 0 : untilIdle(() => cpuSeconds(pid));
  }

  #fail(error: unknown): void {
    this.#notSpoken = error instanceof NotSpoken;
    this.#problem = firstLine(error);
  }
}
