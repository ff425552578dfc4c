/** For the actions' tests: an app whose host answers what the test says and keeps what it was asked, and stores as they are at the start. */
import { vi } from 'vitest';
import type { SessionRow } from '#model/session.ts';
import { createRegistry } from '../actions/registry.ts';
import type { App } from '../app.ts';
import { ALL_ACTIONS } from '../features/all-actions.ts';
import { browserPlatform } from '../platform/browser.ts';
import { useCompare } from '../state/compare.ts';
import { useComposer } from '../state/composer.ts';
import { useExporting } from '../state/exporting.ts';
import { useHost } from '../state/host.ts';
import { usePreferences } from '../state/preferences.ts';
import { useSessions } from '../state/sessions.ts';
import { useView } from '../state/view.ts';
import { toastManager } from '../ui/toast.ts';

export interface FakeApp {
  readonly app: App;
  /** Calls to the host, in order. */
  readonly asked: [name: string, params: unknown][];
  readonly copied: string[];
  /** Titles of the toasts shown. */
  readonly said: unknown[];
  /** Runs the action as a key would; what it throws is thrown. */
  run(id: string): Promise<void>;
  enabled(id: string): boolean;
}

type Answers = Readonly<Record<string, (params: never) => unknown>>;

/** `answers` by name of the call; of a stream, the list of its items. Calls without one answer {}. */
export function fakeApp(answers: Answers = {}): FakeApp {
  useCompare.setState(useCompare.getInitialState());
  useComposer.setState(useComposer.getInitialState());
  useExporting.setState(useExporting.getInitialState());
  useHost.setState(useHost.getInitialState());
  usePreferences.setState(usePreferences.getInitialState());
  useSessions.setState(useSessions.getInitialState());
  useView.setState(useView.getInitialState());
  const asked: FakeApp['asked'] = [];
  const copied: string[] = [];
  const said: unknown[] = [];
  vi.spyOn(toastManager, 'add').mockImplementation(({ title }) => {
    said.push(title);
    return 'id';
  });
  vi.spyOn(toastManager, 'close').mockImplementation(() => undefined);
  vi.spyOn(toastManager, 'update').mockImplementation(() => undefined);
  const rpc = {
    call: async (name: string, params: unknown) => {
      asked.push([name, params]);
      return answers[name]?.(params as never) ?? {};
    },
    watch(name: string, params: unknown, handlers: { item(item: unknown): void; end?(): void }) {
      const items = (answers[name]?.(params as never) ?? []) as unknown[];
      queueMicrotask(() => {
        for (const item of items) handlers.item(item);
        handlers.end?.();
      });
      return () => {};
    },
  } as unknown as App['rpc'];
  const copyText = async (text: string) => void copied.push(text);
  const actions = createRegistry(ALL_ACTIONS);
  const app: App = { rpc, platform: { ...browserPlatform(), copyText }, actions };
  return {
    app,
    asked,
    copied,
    said,
    run: async (id) => actions.get(id).run(app),
    enabled: (id) => actions.get(id).enabled?.() ?? true,
  };
}

/** Selects these rows, the cursor on the first of them at `index`. */
export function selectRows(index: number, ...rows: readonly SessionRow[]): void {
  const ids = new Set(rows.map(({ id }) => id));
  useSessions.getState().select({ ids, cursor: index, anchor: index }, rows[0]);
}
