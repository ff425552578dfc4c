/** Whether the window is too narrow for panes beside each other, as at 200 % zoom; they then stand one above the other. */
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 800px)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
