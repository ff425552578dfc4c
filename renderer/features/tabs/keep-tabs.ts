/** Ties the tabs to the lasting preferences: takes them up once at the start, and keeps what becomes of them. */
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { tabsNow, useTabs } from '../../state/tabs.ts';
import { readTabs, tabChanges } from './kept-tabs.ts';

/** While a filter is being typed nothing is written. */
const QUIET_MS = 600;

/** Call it when the preferences are there. Keeps until the returned function is called. */
export function keepTabs(): () => void {
  const kept = readTabs(usePreferences.getState().values);
  if (kept) useTabs.getState().restore(kept.tabs, kept.shown);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    const { values, set } = usePreferences.getState();
    const { shown } = useTabs.getState();
    for (const [name, text] of tabChanges(tabsNow(useTabs.getState()), shown, values)) set(name, text);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  };
  const stops = [
    useTabs.subscribe(soon),
    useSessions.subscribe((now, before) => {
      const same = now.typed === before.typed && now.scope === before.scope && now.order === before.order;
      if (!same || now.open !== before.open) soon();
    }),
  ];
  // A window that is closed at once has its last change kept too.
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  };
  globalThis.addEventListener?.('pagehide', flush);
  return () => {
    flush();
    globalThis.removeEventListener?.('pagehide', flush);
    for (const stop of stops) stop();
  };
}
