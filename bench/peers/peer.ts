/** What is compared: the port that every peer implements. Types alone. A peer is an ordinary proxy that intercepts TLS; all but one have no rules. */
import type { Route } from '../load/connection.ts';
import type { KeyPair } from '../origin/certificates.ts';
import type { Processes } from '../system/processes.ts';

export interface PeerContext {
  /** Empty, the peer's own, removed after the run. */
  readonly folder: string;
  /** Path of the PEM of the origin's authority, which the peer has to trust. */
  readonly originCa: string;
  /** The origin's authority itself. */
  readonly originCaPem: string;
  /** An authority for peers that want to be given one. */
  readonly authority: KeyPair;
  readonly processes: Processes;
  /** Core to run on; undefined: any. */
  readonly core: number | undefined;
}

/** What a peer that records says it has recorded, once it has ended. */
export interface Recorded {
  /** Sessions by its own count. */
  readonly counted: number;
  /** Sessions found by listing the capture afterwards; undefined where that was not asked for. */
  readonly listed: number | undefined;
}

export interface RunningPeer {
  readonly route: Route;
  /** Its process, whose children count as its own; undefined where there is none. */
  readonly pid: number | undefined;
  /** Ends it. Answers what it recorded, if it is one that records; `list` has the capture counted too. */
  stop(list: boolean): Promise<Recorded | undefined>;
}

export interface Peer {
  /** As in --peers and in the report. */
  readonly name: string;
  /** It keeps what passes, and so has to have kept all of it. */
  readonly records?: true;
  /** Names of the scenarios it takes part in; all when absent. */
  readonly scenarios?: readonly string[];
  /** Why it cannot run on this machine, in one sentence; undefined: it can. */
  missing(): string | undefined;
  /** Its name and version for the report, as "Squid 5.7". */
  version(): Promise<string>;
  start(context: PeerContext): Promise<RunningPeer>;
}
