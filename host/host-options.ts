/** What a host is made from and what it then is. Types alone. */

import type { Retention } from '#model/contract/contract.ts';
import type { EngineOptions } from '#proxy-core/engine/engine.ts';
import type { Interception } from '#proxy-core/intercept/interception.ts';
import type { RuleStore } from './rules/rule-store.ts';
import type { ScriptStore } from './scripts/script-store.ts';

export interface HostOptions {
  /** Authority, browser profiles and captures; default: the system's place for application data. */
  readonly dataFolder?: string;
  /** Path of the capture, made when missing; default: a new one in the data folder. */
  readonly capture?: string;
  /** What the capture keeps from now on; default: what it was told before, which for a new one is to keep everything. */
  readonly retention?: Retention;
  /** Address that the proxy listens on; default 127.0.0.1. */
  readonly host?: string;
  /** Port of the proxy, 0 for any. Undefined: 8866, or the next free one. */
  readonly port?: number;
  /** Port of the workbench; default 0, any. */
  readonly uiPort?: number;
  /** Name of the engine. */
  readonly engine?: string;
  /** PEM files of authorities to trust upstream besides the system's. */
  readonly upstreamCaFiles?: readonly string[];
  /** How traffic is received and sent on; see proxy-core/engine/settings.ts. */
  readonly settings?: Pick<EngineOptions, 'inbound' | 'upstream' | 'protocol'>;
  /** Whether sessions from this machine say which program they came from; default true. */
  readonly processLookup?: boolean;
  /** Folder of the built workbench; default: where the build puts it. */
  readonly workbench?: string;
  /** More flags for the browsers that are started, as `--headless`. */
  readonly browserFlags?: readonly string[];
  /** A rule file, which must be there and without faults; default: the data folder's, if there is one. */
  readonly rules?: string;
  /** File of what was said of findings; default: the capture's own if it has one, else the data folder's. */
  readonly findings?: string;
  /** Told when the rule file was saved: what is wrong with it, a line each, or what is in force. */
  readonly rulesReloaded?: (text: string) => void;
  /** Scripts that run from the start; they must be there and load. */
  readonly scripts?: readonly string[];
  /** Told of each line that a script writes to its console. */
  readonly scriptSaid?: (name: string, text: string) => void;
}

export interface Host extends AsyncDisposable {
  /** Where clients on this machine point their proxy setting. */
  readonly proxy: string;
  /** The workbench's address with its token. Never log it. */
  readonly uiAddress: string;
  /** The same for one use within a minute: for the command line of a browser, which other users can read. */
  newWindowAddress(): string;
  /** Listeners that stand for one origin each, as `host:port` and origin. */
  readonly reverse: readonly { readonly address: string; readonly origin: string }[];
  readonly caFile: string;
  readonly caFingerprint: string;
  /** Path of the capture. */
  readonly capture: string;
  readonly dataFolder: string;
  /** Rules and breakpoints. */
  readonly interception: Interception;
  readonly rules: RuleStore;
  readonly scripts: ScriptStore;
  /** Said to the user once, as "port 8866 is taken". */
  readonly notices: readonly string[];
  /** Which checks have failed so far, a sentence each. */
  checkNotices(): string[];
  /** Stops everything, the capture complete on disk, within 2 s; answers how many sessions the capture holds. Idempotent. */
  close(): Promise<number>;
}
