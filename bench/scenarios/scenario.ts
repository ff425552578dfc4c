/** What is measured: the port that every scenario implements, and what it gets to work with. */
import { openTls, type Protocol, type Route, type Target } from '../load/connection.ts';
import type { Origin } from '../origin/origin.ts';

/** A figure that a scenario takes. */
export interface Metric {
  readonly id: string;
  /** Head of its column. */
  readonly title: string;
  readonly unit: string;
  /** Digits after the point; 0 if undefined. */
  readonly digits?: number;
}

/** One turn of one peer. */
export interface Turn {
  /** Name of the peer. */
  readonly peer: string;
  readonly route: Route;
  readonly origin: Origin;
  /** 0 for the first. */
  readonly round: number;
  /** Not counted and counted part of a measurement under load, s. */
  readonly warmUp: number;
  readonly seconds: number;
  /** Amounts as in the full mode. */
  readonly full: boolean;
  /** Of the peer's processes; undefined where there is none. */
  readonly cpuSeconds: (() => number) | undefined;
  /** 0 where there is none. */
  readonly residentBytes: () => number;
}

export interface Taken {
  /** By the metric's id. */
  readonly values: Readonly<Record<string, number>>;
  /** Requests made, failed ones none: what a proxy that records must hold as sessions. */
  readonly requests: number;
}

export interface Scenario {
  /** As in --only. */
  readonly name: string;
  readonly title: string;
  /** What exactly is done, for the report. */
  readonly note: string;
  /** The first is the one that peers are compared by. */
  readonly metrics: readonly Metric[];
  /** One round is enough: what it takes does not depend on the moment. */
  readonly once?: boolean;
  /** Part of the short mode: for every peer, or for Sluice alone. */
  readonly short?: 'everyone' | 'sluice';
  /** Without a proxy there is nothing to measure. */
  readonly proxiesOnly?: boolean;
  /** @throws NotSpoken when the peer does not do such a thing at all */
  run(turn: Turn): Promise<Taken>;
}

/** The main host of the origin, as clients of https name it. */
export const secureTarget = ({ origin }: Turn): Target => ({
  address: '127.0.0.1',
  port: origin.httpsPort,
  serverName: 'bench.test',
});

/** A TLS connection to the main host of the origin. */
export const secureConnection = (turn: Turn, protocol: Protocol = 'http/1.1') =>
  openTls(turn.route, secureTarget(turn), protocol);

export const MEGABYTE = 1e6;
