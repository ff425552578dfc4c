/** Stands at the breakpoints for as long as the window is open: without it nothing is paused, and when it goes everything goes on. Draws nothing. */
import { useEffect } from 'react';
import { useApp } from '../../app.ts';
import { useBreaks } from '../../state/breaks.ts';

export function BreakFeed(): null {
  const { rpc } = useApp();
  useEffect(
    () => rpc.watch('breaks.watch', {}, { item: useBreaks.getState().set, error: () => undefined }),
    [rpc],
  );
  return null;
}
