/** What handlers and routes work with: the running parts of one host. Types alone. */
import type { Authority } from '#certs/authority.ts';
import type { EngineSettingsInfo } from '#model/contract/engine-settings.ts';
import type { CheckInfo } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import type { Engine } from '#proxy-core/engine/engine.ts';
import type { Interception } from '#proxy-core/intercept/interception.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import type { BodyViews } from './bodies.ts';
import type { Processes } from './connect/processes.ts';
import type { Exports } from './exports.ts';
import type { TriageStore } from './findings/triage-store.ts';
import type { FindingsKeeper } from './findings-keeper.ts';
import type { PreferenceStore } from './preferences.ts';
import type { Replays } from './replay/replays.ts';
import type { Changes } from './rpc/changes.ts';
import type { RuleStore } from './rules/rule-store.ts';
import type { ScriptStore } from './scripts/script-store.ts';
import type { CaptureSearch } from './search.ts';
import type { StatusMeter } from './status.ts';

export interface Services {
  readonly store: CaptureStore;
  readonly engine: Engine;
  readonly authority: Authority;
  readonly bodies: BodyViews;
  /** Of checks and probes. */
  readonly checks: readonly CheckInfo[];
  readonly keeper: FindingsKeeper;
  readonly triage: TriageStore;
  readonly status: StatusMeter;
  /** Rings whenever what the store holds has changed. */
  readonly stored: Changes;
  readonly nextSessionId: () => SessionId;
  readonly processes: Processes;
  readonly preferences: PreferenceStore;
  readonly exports: Exports;
  readonly replays: Replays;
  readonly search: CaptureSearch;
  readonly rules: RuleStore;
  readonly scripts: ScriptStore;
  readonly interception: Interception;
  readonly dataFolder: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly settings: EngineSettingsInfo;
  /** Where clients on this machine point their proxy setting, and where phones do when they can. */
  readonly proxy: string;
  readonly lanProxy: string | undefined;
  readonly browsersFolder: string;
  readonly browserFlags: readonly string[];
  readonly notices: readonly string[];
}
