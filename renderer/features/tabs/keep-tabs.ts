/** Ties the tabs to the lasting preferences: takes them up once at the start, and keeps what becomes of them. */
import { usePreferences } from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { tabsNow, useTabs } from '../../state/tabs.ts';
import { readTabs, tabChanges } from './kept-tabs.ts';

/** While a filter is being typed nothing is written. */
const QUIET_MS = 300;

/** Keeps until the returned function is called. Preferences that come late are taken up as long as nobody has touched the tabs. */
export function keepTabs(): () => void {
  let touched = false;
  let restored = false;
  const takeUp = () => {
    const { values, received } = usePreferences.getState();
    if (!received || restored) return;
    restored = true;
    const kept = touched ? undefined : readTabs(values);
    if (kept) useTabs.getState().restore(kept.tabs, kept.shown);
  };
  takeUp();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    // What is not known must not be written over.
    if (!restored) return;
    const { values, set } = usePreferences.getState();
    const { shown } = useTabs.getState();
    for (const [name, text] of tabChanges(tabsNow(useTabs.getState()), shown, values)) set(name, text);
  };
  const soon = () => {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(write, QUIET_MS);
  };
  const stops = [
    usePreferences.subscribe(takeUp),
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
