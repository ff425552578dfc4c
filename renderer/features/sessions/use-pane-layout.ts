/** How list and inspector share the window: beside each other, the inspector below, or one at a time where neither leaves enough of both. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useSessions } from '../../state/sessions.ts';

export type PaneLayout = 'beside' | 'below' | 'single';

const WIDE = '(min-width: 860px)';
const TALL = '(min-height: 620px)';

export const paneLayout = (): PaneLayout => {
  // Outside of a window, as in tests of actions, there is room.
  if (typeof matchMedia === 'undefined' || matchMedia(WIDE).matches) return 'beside';
  return matchMedia(TALL).matches ? 'below' : 'single';
};

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(WIDE), matchMedia(TALL)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

export function usePaneLayout(): PaneLayout {
  const layout = useSyncExternalStore(subscribe, paneLayout);
  const before = useRef<PaneLayout>(undefined);
  useEffect(() => {
    const { inspectorOpen, toggleInspector } = useSessions.getState();
    // The list comes first where only one is seen; Enter or a double click shows the other.
    const close = layout === 'single' && inspectorOpen;
    const reopen = layout !== 'single' && before.current === 'single' && !inspectorOpen;
    if (close || reopen) toggleInspector();
    before.current = layout;
  }, [layout]);
  return layout;
}
