/** What a run yields, before it is a report. Types alone. */
import type { Recorded } from './peers/peer.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface PeerResult {
  readonly peer: string;
  /** Values of each round by metric; empty when there was none. */
  readonly rounds: readonly Readonly<Record<string, number>>[];
  /** Why there are no values or fewer than there should be. */
  readonly problem?: string;
  /** The peer does not do such a thing: its lack of values is a fact, not a failure. */
  readonly notSpoken?: boolean;
  /** How long it went on working after each round before it was idle, s. */
  readonly settling: readonly number[];
  /** For a peer that records: sessions it must hold, and those it does. */
  readonly recorded?: Recorded & { readonly requests: number };
}

export type ScenarioFacts = Pick<Scenario, 'name' | 'title' | 'note' | 'metrics'>;

export interface ScenarioResult {
  readonly scenario: ScenarioFacts;
  readonly peers: readonly PeerResult[];
}

export interface RunResult {
  readonly started: Date;
  readonly minutes: number;
  /** As typed, without paths. */
  readonly command: string;
  /** What, in which version. */
  readonly facts: readonly (readonly [string, string])[];
  /** Sentences about how it was measured. */
  readonly told: readonly string[];
  readonly scenarios: readonly ScenarioResult[];
}
